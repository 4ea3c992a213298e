import { api } from './client'
import type { components } from './schema'
import type { AllowedEvent, NewTicket, Ticket, TicketRow } from './types'

export interface TicketFilter {
  state?: string
  type?: string
  q?: string
  limit: number
  offset: number
}

const at = (ticketNo: string) => `/tickets/${encodeURIComponent(ticketNo)}`

export const tickets = (filter: TicketFilter) =>
  api.get<{ items: TicketRow[]; total: number }>('/tickets', { ...filter })
export const ticket = (ticketNo: string) => api.get<Ticket>(at(ticketNo))
export const createTicket = (ticket: NewTicket) => api.post<Ticket>('/tickets', ticket)
export const allowedEvents = (ticketNo: string) => api.get<AllowedEvent[]>(`${at(ticketNo)}/allowed-events`)
export const attachment = (ticketNo: string, id: string) => api.bytes(`${at(ticketNo)}/attachments/${encodeURIComponent(id)}`)
export type FilledTemplate = components['schemas']['FilledTemplateOut']
export type OutsideNote = components['schemas']['OutsideNote']
export const filledTemplates = (ticketNo: string) => api.get<FilledTemplate[]>(`${at(ticketNo)}/reply-templates`)
export const outsideNotes = (ticketNo: string) => api.get<OutsideNote[]>(`${at(ticketNo)}/notes`)
export const attach = (ticketNo: string, form: FormData) => api.post<unknown>(`${at(ticketNo)}/attachments`, form)
export const applyEvent = (ticketNo: string, event: string, comment: string, data: Record<string, string>) =>
  api.post<Ticket>(`${at(ticketNo)}/events`, { event, comment, data })
