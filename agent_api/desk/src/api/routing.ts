import type { RoutingTable } from '@/queues/model'
import type { Problem } from '@/queues/problems'
import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

// The server writes tables whole, defaults and all: the editor's own types say so.
export type Routing = Omit<Schemas['RoutingOut'], 'table' | 'problems'> & { table: RoutingTable; problems: Problem[] }

export const routing = () => api.get<Routing>('/routing')
export const tableOf = (version: number) => api.get<RoutingTable>(`/routing/versions/${version}`)
/** What the server knows besides: who serves what, which menus lead where. */
export const check = (table: RoutingTable) => api.post<{ problems: Problem[] }>('/routing/check', { table })
/** In force at once. Refused when `basedOn` is not the version in force any more. */
export const publish = (basedOn: number, table: RoutingTable, note: string) =>
  api.put<Routing>('/routing', { based_on: basedOn, table, note })
export const rollBack = () => api.post<Routing>('/routing/rollback')
