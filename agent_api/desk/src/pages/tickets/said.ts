// What an entry of the timeline says besides its words: only what a person can read, never the ticket's own bookkeeping. Pure.
import { dateTime } from '@/ui/format'
import { ESCALATION_REASONS } from './act_form'

export interface Readers {
  /** A text of the catalogue, or nothing when there is none. */
  word: (key: string) => string
  unit: (id: string) => string
  category: (code: string) => string
}

const UNITS = new Set(['target', 'subtask'])
const TIMES = new Set(['until', 'due'])
const YES = new Set(['contacted', 'tell_customer', 'public', 'to_knowledge', 'consent'])

export function said(data: Readonly<Record<string, string>>, read: Readers): { name: string; value: string }[] {
  return Object.entries(data).flatMap(([name, value]) => {
    const title = read.word(`fields.${name}`)
    return title && value ? [{ name: title, value: valueOf(name, value, read) }] : []
  })
}

function valueOf(name: string, value: string, read: Readers): string {
  if (UNITS.has(name)) return read.unit(value)
  if (TIMES.has(name)) return dateTime(value)
  if (name === 'percent') return `${value}%`
  if (name === 'category') return read.category(value)
  if (value === 'yes' && YES.has(name)) return read.word('carriedYes')
  return read.word(`${groupOf(name, value)}.${value}`) || value
}

function groupOf(name: string, value: string): string {
  if (name === 'clock') return value.startsWith('subtask/') ? 'none' : 'clockNames'
  if (name === 'level') return 'levels'
  if (name === 'satisfaction') return 'satisfactions'
  return name === 'reason' && (ESCALATION_REASONS as readonly string[]).includes(value) ? 'escalationReasons' : 'returnReasons'
}
