// The comprehensive pool: all kinds of work that wait; emergencies and their reviews; compensations of a ticket.
import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type Item = Schemas['ItemOut']
export type Items = Schemas['ItemsOut']
export type Kind = Item['kind']
export type Emergency = Schemas['EmergencyOut']
export type Compensations = Schemas['CompensationsOut']

export const items = (wanted: { kind?: string; stage?: string }) => api.get<Items>('/pool/items', { ...wanted })
export const claim = (kinds: Kind[], number: string | null) => api.post<Item | null>('/pool/items/claim', { kinds, number })
export const giveBack = (kind: Kind, number: string) => api.post<unknown>(`/pool/items/${kind}/${encodeURIComponent(number)}/give-back`)

export const emergencies = (reviewed: boolean) => api.get<Emergency[]>('/emergencies', { reviewed: String(reviewed) })
export const review = (caseId: number, outcome: string, comment: string) => api.post<unknown>(`/emergencies/${caseId}/review`, { outcome, comment })

export const compensations = (ticketNo: string) => api.get<Compensations>(`/tickets/${encodeURIComponent(ticketNo)}/compensations`)
export const propose = (ticketNo: string, body: { basis: string; days: number; amount: string; reason: string }) =>
  api.post<unknown>(`/tickets/${encodeURIComponent(ticketNo)}/compensations`, body)
export const decide = (id: number, granted: boolean) => api.post<unknown>(`/compensations/${id}/decision`, { granted })
export const official = () => api.get<Schemas['OfficialOut']>('/working-days/official')
