// What is different between two trees, node by node and field by field, for people to read. Pure.
import type { Tree } from './model'

export interface FieldChange {
  field: string
  before: string
  after: string
}

export interface Change {
  /** Id of the node; of a setting of the whole tree its name. */
  id: string
  about: 'node' | 'setting'
  what: 'added' | 'removed' | 'changed'
  title: string
  fields: FieldChange[]
}

const SETTINGS = ['title', 'languages', 'start', 'main', 'operator', 'bye', 'entry', 'hours', 'calendar', 'quick'] as const

type Fields = Record<string, unknown>

export function diffTrees(before: Tree, after: Tree): Change[] {
  const ids = [...new Set([...Object.keys(before.nodes), ...Object.keys(after.nodes)])]
  const nodes = ids.flatMap((id) => nodeChange(id, before, after))
  const settings = SETTINGS.flatMap((name): Change[] => {
    const fields = fieldChanges({ [name]: before[name] }, { [name]: after[name] })
    return fields.length ? [{ id: name, about: 'setting', what: 'changed', title: '', fields }] : []
  })
  return [...nodes, ...settings]
}

function nodeChange(id: string, before: Tree, after: Tree): Change[] {
  const [old, now] = [before.nodes[id], after.nodes[id]]
  const title = (now ?? old)?.title ?? id
  if (!old) return [{ id, about: 'node', what: 'added', title, fields: [] }]
  if (!now) return [{ id, about: 'node', what: 'removed', title, fields: [] }]
  const fields = fieldChanges({ ...old }, { ...now })
  return fields.length ? [{ id, about: 'node', what: 'changed', title, fields }] : []
}

/** Records are compared entry by entry ("keys.3"), everything else as a whole. */
function fieldChanges(before: Fields, after: Fields, prefix = ''): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => {
    const [old, now] = [before[name], after[name]]
    if (isRecord(old) && isRecord(now)) return fieldChanges(old, now, `${prefix}${name}.`)
    const change = { field: `${prefix}${name}`, before: written(old), after: written(now) }
    return change.before === change.after ? [] : [change]
  })
}

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Values in one fixed spelling: the order of names in a record says nothing. */
function written(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(written).join(', ')
  if (!isRecord(value)) return String(value)
  const parts = Object.keys(value).sort().map((name) => [name, written(value[name])] as const)
  return parts.filter(([, text]) => text !== '').map(([name, text]) => `${name}: ${text}`).join(' · ')
}
