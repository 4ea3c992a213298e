// Changes of the table. Nothing is changed in place, so that undo is keeping the old one. Pure.
import type { QueueRule, RoutingTable } from './model'

export const queueOf = (table: RoutingTable | null, name: string): QueueRule | null => table?.queues.find((queue) => queue.name === name) ?? null

export function changeQueue(table: RoutingTable, name: string, patch: Partial<QueueRule>): RoutingTable {
  return { ...table, queues: table.queues.map((queue) => (queue.name === name ? { ...queue, ...patch } : queue)) }
}

export const addQueue = (table: RoutingTable, queue: QueueRule): RoutingTable => ({ ...table, queues: [...table.queues, queue] })

export const removeQueue = (table: RoutingTable, name: string): RoutingTable => ({ ...table, queues: table.queues.filter((queue) => queue.name !== name) })

/** One item of a list changed, or (null) taken out. */
export function changeItem<T>(items: readonly T[], index: number, patch: Partial<T> | null): T[] {
  if (patch === null) return items.filter((_, at) => at !== index)
  return items.map((item, at) => (at === index ? { ...item, ...patch } : item))
}
