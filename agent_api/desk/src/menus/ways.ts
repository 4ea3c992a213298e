// The ways out of a node, each under the name of the field that holds it. Pure.
import type { Key, Role, Tree, TreeNode } from './model'
import { ROLES } from './model'

export type Slot = `key:${Key}` | `then:${string}` | 'silent' | 'next' | 'closed'
export type RootSlot = `entry:${number}` | Role

export interface Way<S = Slot> {
  slot: S
  to: string
}

const some = <S>(slot: S, to: string | null): Way<S>[] => (to ? [{ slot, to }] : [])

export function waysOut(node: TreeNode): Way[] {
  switch (node.kind) {
    case 'menu':
      return [
        ...Object.entries(node.keys).map(([key, to]): Way => ({ slot: `key:${key as Key}`, to })),
        ...some<Slot>('silent', node.if_silent),
      ]
    case 'task':
      return [
        ...Object.entries(node.then).map(([outcome, to]): Way => ({ slot: `then:${outcome}`, to })),
        ...some<Slot>('next', node.next),
      ]
    case 'agent':
      return some('closed', node.closed)
    case 'end':
      return []
    default:
      return [{ slot: 'next', to: node.next }]
  }
}

/** The ways into the tree: entry rules, and the nodes a caller can ask for from anywhere. */
export function waysIn(tree: Tree): Way<RootSlot>[] {
  const rules = tree.entry.flatMap((rule, index) => some<RootSlot>(`entry:${index}`, rule.to))
  return [...rules, ...ROLES.map((role): Way<RootSlot> => ({ slot: role, to: tree[role] }))]
}

/** The node with one way leading elsewhere; null takes a way that need not be there away. */
export function withWay(node: TreeNode, slot: Slot, to: string | null): TreeNode {
  switch (node.kind) {
    case 'menu':
      return slot === 'silent' ? { ...node, if_silent: to } : { ...node, keys: withEntry(node.keys, slot.slice(4), to) }
    case 'task':
      return slot === 'next' ? { ...node, next: to } : { ...node, then: withEntry(node.then, slot.slice(5), to) as Record<string, string> }
    case 'agent':
      return { ...node, closed: to }
    case 'end':
      return node
    default:
      return to ? { ...node, next: to } : node
  }
}

/** A record with one entry set, or taken away by null. */
export function withEntry<V>(entries: Partial<Record<string, V>>, name: string, value: V | null): Partial<Record<string, V>> {
  return value === null ? without(entries, name) : { ...without(entries, name), [name]: value }
}

export function without<R extends Partial<Record<string, unknown>>>(entries: R, name: string): R {
  return Object.fromEntries(Object.entries(entries).filter(([other]) => other !== name)) as R
}

export interface Arrival {
  /** null: from the entry rules or as a named node of the tree. */
  from: string | null
  slot: Slot | RootSlot
}

/** Where one can come to a node from. */
export function arrivalsAt(tree: Tree, id: string): Arrival[] {
  const within = Object.entries(tree.nodes).flatMap(([from, node]) =>
    waysOut(node).filter((way) => way.to === id).map((way): Arrival => ({ from, slot: way.slot })),
  )
  const outside = waysIn(tree).filter((way) => way.to === id).map((way): Arrival => ({ from: null, slot: way.slot }))
  return [...outside, ...within]
}
