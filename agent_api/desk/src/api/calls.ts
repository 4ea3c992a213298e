import { api } from './client'
import type { components } from './schema'
import type { Call, CallDetail, ContactReason } from './types'

export interface WrapUp {
  reason_code: string
  notes: string
  resolved: boolean
}

const at = (callId: string) => `/calls/${encodeURIComponent(callId)}`

/** With every decision and everything that was done with the call. */
export const call = (callId: string) => api.get<CallDetail>(at(callId))
export type CallQuery = Partial<components['schemas']['CallQuery']>
export const searchCalls = (query: CallQuery) => api.post<{ items: Call[]; next: string | null }>('/calls/search', query)
export const myCalls = (before?: string | null) =>
  api.get<{ items: Call[]; next: string | null }>('/calls', { agent: 'me', limit: 20, before: before ?? null })
export const saveWrapUp = (callId: string, wrapUp: WrapUp) => api.put<Call>(`${at(callId)}/wrap-up`, wrapUp)
/** The caller hears the password menu; how it went comes as the event call.password_checked. */
export const askForPassword = (callId: string) => api.post<unknown>(`${at(callId)}/password-menu`)
export const contactReasons = () => api.get<ContactReason[]>('/contact-reasons')
