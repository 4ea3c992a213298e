// The tree of contact reasons being edited: never changed in place. Pure.
import type { Leaf, Reason } from '@/api/knowledge'

export interface Node {
  code: string
  title: string
  depth: 1 | 2 | 3
  leaf: Leaf | null
}

export const rows = (tree: readonly Reason[]): Node[] =>
  tree.flatMap((top) => [
    { code: top.code, title: top.title, depth: 1 as const, leaf: null },
    ...top.children.flatMap((branch) => [
      { code: branch.code, title: branch.title, depth: 2 as const, leaf: null },
      ...branch.children.map((leaf) => ({ code: leaf.code, title: leaf.title, depth: 3 as const, leaf })),
    ]),
  ])

interface Any {
  code: string
  title: string
  children?: readonly Any[]
}

/** Each list of siblings goes through `change`; a node without children keeps none. */
function mapped(nodes: readonly Any[], change: (siblings: readonly Any[]) => readonly Any[]): Any[] {
  return change(nodes).map((node) => (node.children ? { ...node, children: mapped(node.children, change) } : { ...node }))
}
const through = (tree: readonly Reason[], change: (siblings: readonly Any[]) => readonly Any[]) => mapped(tree, change) as unknown as Reason[]

export const changed = (tree: readonly Reason[], code: string, fields: Partial<Leaf>): Reason[] =>
  through(tree, (siblings) => siblings.map((node) => (node.code === code ? { ...node, ...fields } : node)))

/** One place up or down among its siblings. */
export const moved = (tree: readonly Reason[], code: string, by: -1 | 1): Reason[] =>
  through(tree, (siblings) => {
    const from = siblings.findIndex((node) => node.code === code)
    const to = from + by
    if (from < 0 || to < 0 || to >= siblings.length) return siblings
    const next = [...siblings]
    next.splice(to, 0, ...next.splice(from, 1))
    return next
  })

/** Without the node, and without what it leaves empty: a branch has at least one leaf. */
export const removed = (tree: readonly Reason[], code: string): Reason[] =>
  (through(tree, (siblings) => siblings.filter((node) => node.code !== code)) as Reason[])
    .map((top) => ({ ...top, children: top.children.filter((branch) => branch.children.length > 0) }))
    .filter((top) => top.children.length > 0)

/** A new node after this one on the same level, complete down to a leaf. Its code was never used before. */
export function added(tree: readonly Reason[], code: string, title: string): { tree: Reason[]; code: string } {
  const known = new Set(rows(tree).map((row) => row.code))
  const depth = rows(tree).find((row) => row.code === code)?.depth ?? 1
  const parent = depth === 1 ? '' : code.split('.').slice(0, depth - 1).join('.')
  const own = fresh(parent, depth, known)
  const next = through(tree, (siblings) => siblings.flatMap((node) => (node.code === code ? [node, made(own, depth, title)] : [node])))
  return { tree: next, code: own }
}

function fresh(parent: string, depth: number, known: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const code = depth === 1 ? `X${number}` : depth === 2 ? `${parent}.X${number}` : `${parent}.${number}`
    if (!known.has(code)) return code
  }
}

const made = (code: string, depth: number, title: string): Any =>
  depth === 3 ? { code, title } : { code, title, children: [made(depth === 2 ? `${code}.1` : `${code}.X1`, depth + 1, title)] }
