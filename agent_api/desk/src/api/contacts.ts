// Written contacts: inbox, what can be done to one, replies and their templates.
import { api, withQuery } from './client'
import type { Contact, ContactPage, ContactRegistration, ReplyTemplate } from './types'

export interface ContactFilter {
  state: string
  channel: string
  mine: boolean
  limit: number
  offset: number
}

const at = (id: string) => `/interactions/${encodeURIComponent(id)}`

export const contacts = (filter: ContactFilter) => api.get<ContactPage>('/interactions', { ...filter })
export const contact = (id: string) => api.get<Contact>(at(id))
export const act = (id: string, what: string, body: unknown = {}) => api.post<Contact>(`${at(id)}/${what}`, body)
export const register = (id: string, body: ContactRegistration) => api.post<Contact>(`${at(id)}/register`, body)
export const reply = (id: string, body: { template_id: string; subject: string; text: string }) => api.post<Contact>(`${at(id)}/reply`, body)
export const enter = (form: FormData) => api.post<Contact>('/interactions', form)
export const templates = (type: string, channel: string) => api.get<ReplyTemplate[]>('/reply-templates', { type, channel })
export const preview = (id: string, template: string) => api.get<{ subject: string; text: string }>(`${at(id)}/reply-preview`, { template_id: template })
export const fileUrl = (id: string, file: string, page?: number) => `/api/v1${withQuery(`${at(id)}/files/${encodeURIComponent(file)}`, { page })}`
/** What a file's address leads to, read by this page. */
export const bytes = (url: string) => api.bytes(url.replace(/^\/api\/v1/, ''))
export const letterUrl = (id: string, reply: string) => `/api/v1${at(id)}/replies/${encodeURIComponent(reply)}/letter`
