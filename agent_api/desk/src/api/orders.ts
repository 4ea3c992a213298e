import { api } from './client'

export interface OrderStep {
  state: string
  at: string
  by: string
  reason: string
}

export interface Order {
  order_no: string
  product: string
  service: string
  service_title: string
  number_masked: string
  state: string
  state_title: string
  fee: string
  choice: string | null
  promised_for: string | null
  created_at: string
  history: OrderStep[]
}

export interface OrderRequest {
  customer_id: string
  product: string
  number: string
  service: string
  choice: string | null
}

export interface Quote {
  result: string
  fee: string | null
}

export const orders = (customerId: string) => api.get<{ items: Order[] }>('/orders', { customer_id: customerId, limit: 50 })
export const quote = (request: OrderRequest) => api.post<Quote>('/orders/quote', request)
export const createOrder = (request: OrderRequest & { call_id: string | null }) =>
  api.post<{ result: string; order_no: string | null }>('/orders', request)
export const applyOrderEvent = (orderNo: string, event: string, reason: string) =>
  api.post<Order>(`/orders/${encodeURIComponent(orderNo)}/events`, { event, reason })
