// Finds nodes by id, title, or what is spoken there. Pure.
import { promptsOf, type Tree } from './model'

export function findNodes(tree: Tree, query: string, textOf: (prompt: string) => string): string[] {
  const words = query.trim().toLowerCase()
  if (!words) return []
  const holds = (text: string) => text.toLowerCase().includes(words)
  const titled = Object.entries(tree.nodes).filter(([id, node]) => holds(id) || holds(node.title)).map(([id]) => id)
  const spoken = Object.entries(tree.nodes)
    .filter(([id, node]) => !titled.includes(id) && promptsOf(node).some((prompt) => holds(prompt) || holds(textOf(prompt))))
    .map(([id]) => id)
  return [...titled, ...spoken]
}
