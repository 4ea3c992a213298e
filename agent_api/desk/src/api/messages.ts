import { api } from './client'

export interface OutMessage {
  id: string
  channel: string
  address_masked: string
  subject: string
  state: string
  attempts: number
  error: string | null
  created_at: string
}

export const messages = (customerId: string) => api.get<OutMessage[]>('/messages', { customer_id: customerId })
