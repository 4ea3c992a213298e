// Changes to a tree. Pure: each returns a new tree and leaves the old one as it was, so that undo is keeping it.
import type { Key, NodeKind, Role, Tree, TreeNode } from './model'
import { NODE_ID, ROLES } from './model'
import { waysOut, withWay } from './ways'

export function setNode(tree: Tree, id: string, node: TreeNode): Tree {
  return { ...tree, nodes: { ...tree.nodes, [id]: node } }
}

export function setKey(tree: Tree, id: string, key: Key, to: string | null): Tree {
  const node = tree.nodes[id]
  return node?.kind === 'menu' ? setNode(tree, id, withWay(node, `key:${key}`, to)) : tree
}

/** A first free id: base, base_2, base_3 ... */
export function freshId(tree: Tree, base: string): string {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? base : `${base.slice(0, 36)}_${n}`
    if (!(id in tree.nodes)) return id
  }
}

/** A node of a kind that can stand at once: what must lead somewhere leads to the main menu. */
export function blank(kind: NodeKind, title: string, tree: Tree, task = 'article'): TreeNode {
  switch (kind) {
    case 'menu':
      return { kind, title, prompts: [], keys: {}, first_key_seconds: 5, if_silent: null }
    case 'say':
      return { kind, title, prompts: [], barge_in: true, next: tree.main }
    case 'language':
      return { kind, title, prompts: [], keys: { 1: 'zh', 2: 'en' }, next: tree.main }
    case 'task':
      return { kind, title, task, settings: {}, level: null, then: {}, next: null }
    case 'agent':
      return { kind, title, queue: 'general', priority: 0, prompts: ['to_agent'], hours: null, closed: null }
    default:
      return { kind, title, prompts: ['goodbye'] }
  }
}

export type IdProblem = 'form' | 'taken' | null

export function idProblem(tree: Tree, id: string, own?: string): IdProblem {
  if (!NODE_ID.test(id)) return 'form'
  return id in tree.nodes && id !== own ? 'taken' : null
}

/** The roles a node has in the tree; one with any cannot be removed. */
export const rolesOf = (tree: Tree, id: string): Role[] => ROLES.filter((role) => tree[role] === id)

export function removeNode(tree: Tree, id: string): Tree {
  if (rolesOf(tree, id).length > 0) return tree
  const nodes = Object.entries(tree.nodes)
    .filter(([other]) => other !== id)
    .map(([other, node]) => [other, redirected(node, id, node.kind === 'say' || node.kind === 'language' ? tree.main : null)])
  return {
    ...tree,
    nodes: Object.fromEntries(nodes) as Tree['nodes'],
    entry: tree.entry.filter((rule) => rule.to !== id),
    quick: tree.quick.filter((other) => other !== id),
  }
}

/** Gives a node another id and leads everybody there. The order of the nodes stays. */
export function renameNode(tree: Tree, id: string, name: string): Tree {
  if (id === name || idProblem(tree, name) !== null) return tree
  const nodes = Object.entries(tree.nodes).map(([other, node]) => [other === id ? name : other, redirected(node, id, name)])
  const roles = Object.fromEntries(rolesOf(tree, id).map((role) => [role, name]))
  return {
    ...tree,
    ...roles,
    nodes: Object.fromEntries(nodes) as Tree['nodes'],
    entry: tree.entry.map((rule) => (rule.to === id ? { ...rule, to: name } : rule)),
    quick: tree.quick.map((other) => (other === id ? name : other)),
  }
}

function redirected(node: TreeNode, from: string, to: string | null): TreeNode {
  return waysOut(node).filter((way) => way.to === from).reduce((changed, way) => withWay(changed, way.slot, to), node)
}

/** A copy beside the original, led to from nowhere yet. */
export function copyNode(tree: Tree, id: string): { tree: Tree; id: string } {
  const node = tree.nodes[id]
  if (!node) return { tree, id }
  const name = freshId(tree, id)
  return { tree: setNode(tree, name, structuredClone(node)), id: name }
}
