// What must be filled in before a tree can be sent at all; the server checks everything else. Pure.
import type { Tree, TreeNode } from './model'

export interface Gap {
  node: string
  field: 'title' | 'prompts' | 'keys'
}

export function gapsOf(tree: Tree): Gap[] {
  return Object.entries(tree.nodes).flatMap(([id, node]) => fieldsMissing(node).map((field): Gap => ({ node: id, field })))
}

function fieldsMissing(node: TreeNode): Gap['field'][] {
  const missing: Gap['field'][] = node.title.trim() ? [] : ['title']
  if ((node.kind === 'menu' || node.kind === 'say' || node.kind === 'language') && node.prompts.length === 0) missing.push('prompts')
  if ((node.kind === 'menu' || node.kind === 'language') && Object.keys(node.keys).length === 0) missing.push('keys')
  return missing
}
