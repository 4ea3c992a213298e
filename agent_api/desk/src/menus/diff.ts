// What is different between two trees, node by node and field by field, for people to read. Pure.
import { fieldChanges as rawChanges, written } from '@/ui/field_changes'
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

/** In writing, since that is what people compare. */
const fieldChanges = (before: Fields, after: Fields): FieldChange[] =>
  rawChanges(before, after).map(({ field, before: old, after: now }) => ({ field, before: written(old), after: written(now) }))
