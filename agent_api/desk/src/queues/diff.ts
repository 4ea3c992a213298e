// What is different from the table in force, queue by queue and field by field. Pure; words.ts puts it into words.
import { fieldChanges, type RawChange } from '@/ui/field_changes'
import type { RoutingTable } from './model'

export interface Change {
  /** Empty: a setting of the whole table. */
  queue: string
  title: string
  what: 'added' | 'removed' | 'changed'
  fields: RawChange[]
}

export function diffTables(before: RoutingTable, after: RoutingTable): Change[] {
  const names = [...new Set([...before.queues, ...after.queues].map((queue) => queue.name))]
  const queues = names.flatMap((name): Change[] => {
    const [old, now] = [before, after].map((table) => table.queues.find((queue) => queue.name === name))
    const title = (now ?? old)?.title ?? name
    if (!old) return [{ queue: name, title, what: 'added', fields: [] }]
    if (!now) return [{ queue: name, title, what: 'removed', fields: [] }]
    const fields = fieldChanges({ ...old }, { ...now })
    return fields.length ? [{ queue: name, title, what: 'changed', fields }] : []
  })
  const fields = fieldChanges(settings(before), settings(after))
  return fields.length ? [...queues, { queue: '', title: '', what: 'changed', fields }] : queues
}

/** The version always differs, and says nothing. */
function settings(table: RoutingTable): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).filter(([name]) => name !== 'queues' && name !== 'version'))
}
