import { api } from './client'
import type { OutMessage } from './types'

export const messages = (customerId: string) => api.get<OutMessage[]>('/messages', { customer_id: customerId })
