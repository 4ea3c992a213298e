// The interface of the page for customers. No number and no words of a customer ever stand in an address.
import { api } from './client'
import type { Matter, MatterRow, ServicePageInfo, Visitor } from './types'

export type MatterAct = 'urge' | 'add' | 'withdraw' | 'rating'
export interface Progress {
  progress: 'working' | 'answered' | 'closed'
  due: string | null
}

const matterAt = (ticketNo: string) => `/service/matters/${encodeURIComponent(ticketNo)}`

export const page = () => api.get<ServicePageInfo>('/service/page')
export const sendCode = (number: string) => api.post<unknown>('/service/code', { number })
export const signIn = (number: string, proof: 'code' | 'password', secret: string) =>
  api.post<Visitor>('/service/session', { number, proof, secret })
export const visitor = () => api.get<Visitor>('/service/session')
export const signOut = () => api.delete<unknown>('/service/session')
export const file = (form: FormData) => api.post<{ ticket_no: string }>('/service/matters', form)
export const matters = () => api.get<MatterRow[]>('/service/matters')
export const matter = (ticketNo: string) => api.get<Matter>(matterAt(ticketNo))
export const act = (ticketNo: string, what: MatterAct, body: unknown = {}) => api.post<Matter>(`${matterAt(ticketNo)}/${what}`, body)
export const progress = (ticketNo: string, last4: string) => api.post<Progress>('/service/progress', { ticket_no: ticketNo, last4 })
