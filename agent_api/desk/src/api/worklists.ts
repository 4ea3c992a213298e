// The ticket list: search, saved views, acts on many, files, relatives; and where one is mentioned.
import { api } from './client'
import type { components } from './schema'
import type { TicketRow } from './types'

type Schemas = components['schemas']

export type Wanted = Partial<Schemas['TicketsWanted']>
export type View = Schemas['ViewOut']
export type ViewFields = { title: string; shared: boolean; wanted: Wanted; columns: View['columns'] }
export type BulkResult = Schemas['BulkOut']
export type Related = Schemas['RelatedTicket']
export type Colleague = Schemas['Colleague']
export type TicketAlert = Schemas['AlertOut']
export type Mention = Schemas['MentionOut']

export const search = (wanted: Wanted, limit: number, offset: number) => api.post<{ items: TicketRow[]; total: number }>('/tickets/search', { ...wanted, limit, offset })
export const exported = (wanted: Wanted, kind: 'csv' | 'xlsx') => api.file('/tickets/export', { ...wanted, kind })
export const actOnAll = (ticket_nos: readonly string[], event: string, comment: string, data: Record<string, string> = {}) =>
  api.post<BulkResult>('/tickets/bulk', { ticket_nos, event, comment, data })
export const related = (ticketNo: string) => api.get<Related[]>(`/tickets/${encodeURIComponent(ticketNo)}/related`)

export const views = () => api.get<View[]>('/ticket-views')
export const addView = (fields: ViewFields) => api.post<View>('/ticket-views', fields)
export const changeView = (id: string, fields: ViewFields) => api.put<View>(`/ticket-views/${encodeURIComponent(id)}`, fields)
export const deleteView = (id: string) => api.delete<unknown>(`/ticket-views/${encodeURIComponent(id)}`)

export const alerts = () => api.get<TicketAlert[]>('/ticket-alerts')
export const seeAlerts = (up_to: number) => api.post<unknown>('/ticket-alerts/seen', { up_to })
export const mentions = () => api.get<Mention[]>('/mentions')
export const colleagues = (q: string) => api.get<Colleague[]>('/mentions/people', { q })
export const readMentions = (ids: number[] | null) => api.post<unknown>('/mentions/read', { ids })
