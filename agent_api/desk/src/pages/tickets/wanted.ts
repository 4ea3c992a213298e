// What the list looks for and shows. Pure.
import type { View, Wanted } from '@/api/worklists'

export type Column = View['columns'][number]

export const SORTS = ['updated', 'created', 'due', 'legal_due', 'priority'] as const
export const CHANNELS = ['voice', 'web', 'fax', 'email', 'letter', 'sms', 'counter', 'outbound'] as const
export const LEVELS = ['NORMAL', 'URGENT', 'MAJOR'] as const
export const DUE_HOURS = [4, 24, 48, 168] as const
export const COLUMNS: readonly Column[] = [
  'ticket_no', 'title', 'type', 'state', 'level', 'clocks', 'target', 'owner', 'channel', 'customer_id', 'created_at', 'updated_at', 'due_at', 'legal_due_at', 'urge_count', 'priority', 'created_by',
]
export const DEFAULT_COLUMNS: readonly Column[] = ['ticket_no', 'title', 'type', 'state', 'clocks', 'target', 'created_at']
/** Beside an open ticket there is no room for more. */
export const NARROW: readonly Column[] = ['ticket_no', 'title', 'state', 'clocks']

export interface Filter {
  states: NonNullable<Wanted['states']>
  types: NonNullable<Wanted['types']>
  levels: NonNullable<Wanted['levels']>
  channels: NonNullable<Wanted['channels']>
  text: string
  open_only: boolean
  mine: boolean
  overdue: boolean
  regulator: boolean
  due_within_hours: number | null
  sort: (typeof SORTS)[number]
}

export const NO_FILTER: Filter = { states: [], types: [], levels: [], channels: [], text: '', open_only: false, mine: false, overdue: false, regulator: false, due_within_hours: null, sort: 'updated' }

/** A switch that is off asks for nothing: it does not ask for the opposite. */
export const wantedOf = (filter: Filter): Wanted => ({ ...filter, overdue: filter.overdue || null, regulator: filter.regulator || null, due_within_hours: filter.due_within_hours || null })

export const filterOf = (wanted: Wanted): Filter => ({
  ...NO_FILTER,
  ...Object.fromEntries(Object.entries(wanted).filter(([name, value]) => name in NO_FILTER && value !== null)),
})
