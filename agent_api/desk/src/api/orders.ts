import { api } from './client'
import type { Offer, Order, OrderRequest, OrderVerdict } from './types'

export const orders = (customerId: string) => api.get<{ items: Order[] }>('/orders', { customer_id: customerId, limit: 50 })
export const offers = () => api.get<Offer[]>('/orders/offers')
export const quote = (request: OrderRequest) => api.post<{ result: OrderVerdict; fee: string }>('/orders/quote', request)
export const createOrder = (request: OrderRequest) => api.post<{ result: OrderVerdict; order_no: string }>('/orders', request)
export const applyOrderEvent = (orderNo: string, event: string, reason: string) =>
  api.post<Order>(`/orders/${encodeURIComponent(orderNo)}/events`, { event, reason })
