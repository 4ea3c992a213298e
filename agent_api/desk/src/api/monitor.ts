import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type Board = Schemas['BoardOut']
export type Cell = Schemas['CellOut']
export type Bottleneck = Schemas['BottleneckOut']
export type Work = Schemas['WorkOut']
export type WorkPage = Schemas['WorkPage']
export type Day = Schemas['DayOut']
export type BulkRow = Schemas['BulkRow']
export type Colour = 'none' | 'green' | 'yellow' | 'red'

/** Which of the work; nothing given: all. */
export interface Wanted {
  kind?: string
  type?: string
  stage?: string
  unit?: string
  owner?: string
  colour?: Colour
  due_within?: number
}

export const board = (wanted: Pick<Wanted, 'kind' | 'type'>) => api.get<Board>('/monitor', { ...wanted })
export const items = (wanted: Wanted) => api.get<WorkPage>('/monitor/items', { ...wanted })
export function exported(wanted: Wanted): Promise<ArrayBuffer> {
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)])
  return api.bytes(`/monitor/export?${new URLSearchParams([...given, ['format', 'xlsx']])}`)
}
export const history = (days: number) => api.get<Day[]>('/monitor/history', { days })
export const bulk = (ticket_nos: string[], event: string, comment: string, data: Record<string, string>) =>
  api.post<Schemas['BulkOut']>('/tickets/bulk', { ticket_nos, event, comment, data })
