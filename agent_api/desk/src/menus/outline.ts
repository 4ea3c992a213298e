// A tree of menus has ways back and across, so it is a graph. For the picture each node gets one place, and every
// other way to it becomes a link. Pure.
import type { Tree } from './model'
import { type RootSlot, type Slot, type Way, waysIn, waysOut } from './ways'

export type BranchKind = 'root' | 'node' | 'link' | 'lost'

export interface Branch {
  /** Unique in the picture: a node's own id, or "from>to" for a link. */
  key: string
  kind: BranchKind
  /** The node shown here, or led to from here. */
  id: string
  /** By which fields of its parent one comes here. */
  slots: (Slot | RootSlot)[]
  children: Branch[]
}

/** Never the id of a node. */
export const ROOT = ':calls'

/** The picture's skeleton: entry at the root, every node at exactly one place, links for all other ways. */
export function outline(tree: Tree): Branch {
  const parents = placeNodes(tree)
  const root: Branch = { key: ROOT, kind: 'root', id: ROOT, slots: [], children: [] }
  root.children = childrenOf(ROOT, tree, parents)
  const lost = [...parents].filter(([, parent]) => parent === null).map(([id]): Branch => branch(id, 'lost', [], tree, parents))
  root.children.push(...lost)
  return root
}

/** Node -> the node it is shown under; null where no way leads. */
function placeNodes(tree: Tree): Map<string, string | null> {
  const parents = new Map<string, string | null>()
  const claim = (parent: string, ways: readonly Way<Slot | RootSlot>[]) =>
    ways.filter(({ slot, to }) => isForward(slot) && to in tree.nodes && !parents.has(to)).map(({ to }) => (parents.set(to, parent), to))
  const walk = (from: string[], notBeyond = ROOT) => {
    for (const waiting = [...from]; waiting.length; ) {
      const id = waiting.shift() as string
      const node = id === notBeyond ? undefined : tree.nodes[id]
      if (node) waiting.push(...claim(id, waysOut(node)))
    }
  }
  const first = claim(ROOT, waysIn(tree).filter((way) => way.slot !== 'main'))
  // The usual way in comes first, so that the main menu's own branches are not shown under a shortcut, and then what
  // happens outside the hours, so that it stands with the operator.
  walk([tree.start], tree.main)
  walk([tree.operator])
  walk([tree.main])
  walk(first)
  for (const id of Object.keys(tree.nodes).filter((id) => !parents.has(id))) {
    if (parents.has(id)) continue
    parents.set(id, null)
    walk([id])
  }
  return parents
}

/** `*` leads back by its meaning, so nothing hangs below it. */
const isForward = (slot: Slot | RootSlot) => slot !== 'key:*'

function childrenOf(id: string, tree: Tree, parents: Map<string, string | null>): Branch[] {
  const node = tree.nodes[id]
  const ways: Way<Slot | RootSlot>[] = id === ROOT ? waysIn(tree).filter((way) => way.slot !== 'main') : node ? waysOut(node) : []
  return grouped(ways).map(({ to, slots }) => {
    const here = parents.get(to) === id && slots.some(isForward)
    return here ? branch(to, 'node', slots, tree, parents) : { key: `${id}>${to}`, kind: 'link', id: to, slots, children: [] }
  })
}

function branch(id: string, kind: BranchKind, slots: Branch['slots'], tree: Tree, parents: Map<string, string | null>): Branch {
  return { key: id, kind, id, slots, children: childrenOf(id, tree, parents) }
}

function grouped(ways: readonly Way<Slot | RootSlot>[]): { to: string; slots: Branch['slots'] }[] {
  const byTarget = new Map<string, Branch['slots']>()
  for (const { slot, to } of [...ways].sort((a, b) => rank(a.slot) - rank(b.slot))) {
    byTarget.set(to, [...(byTarget.get(to) ?? []), slot])
  }
  return [...byTarget].map(([to, slots]) => ({ to, slots }))
}

const ORDER = ['start', 'operator', 'bye', ...'123456789*0#'].map((name) => (name.length === 1 ? `key:${name}` : name))

/** Keys as on a telephone, entry rules in their order, outcomes last. */
function rank(slot: Slot | RootSlot): number {
  if (slot.startsWith('entry:')) return Number(slot.slice(6)) - 100
  const place = ORDER.indexOf(slot)
  return place < 0 ? 100 : place
}

/** Keys of the branches from the root down to a node; empty when it is not in the picture. */
export function pathTo(root: Branch, id: string): string[] {
  if (root.id === id && root.kind !== 'link') return [root.key]
  for (const child of root.children) {
    const below = child.kind === 'link' ? [] : pathTo(child, id)
    if (below.length) return [root.key, ...below]
  }
  return []
}

export const branchesOf = (root: Branch): Branch[] => [root, ...root.children.flatMap(branchesOf)]

/** What is open at first: the usual way to the main menu, and the main menu itself. */
export const firstOpen = (root: Branch, main: string): Set<string> => new Set([ROOT, ...pathTo(root, main)])
