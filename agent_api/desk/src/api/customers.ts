import { api } from './client'
import type { Bill, Customer, CustomerRow } from './types'

const at = (id: string) => `/customers/${encodeURIComponent(id)}`

// The query may be a telephone number, so it travels in the body.
export const search = (query: string) => api.post<{ items: CustomerRow[] }>('/customers/search', { query })
export const customer = (id: string) => api.get<Customer>(at(id))
export const bills = (id: string) => api.get<Bill[]>(`${at(id)}/bills`)
export const unlockPasswords = (id: string, reason: string) => api.post<unknown>(`${at(id)}/password-unlock`, { reason })
export const unmask = (id: string, field: string, reason: string) =>
  api.post<{ value: string }>(`${at(id)}/unmask`, { field, reason })
