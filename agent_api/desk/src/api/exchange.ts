import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type Exchange = Schemas['ExchangeOut']
export type Peer = Schemas['PeerOut']
export type OutMessage = Schemas['OutMessageOut']
export type InMessage = Schemas['InMessageOut']

export const exchange = () => api.get<Exchange>('/exchange')
export const outbox = (state: string) => api.get<OutMessage[]>('/exchange/outbox', state ? { state } : {})
export const inbox = (state: string) => api.get<InMessage[]>('/exchange/inbox', state ? { state } : {})
export const resend = (id: string) => api.post<OutMessage>(`/exchange/outbox/${id}/resend`)
export const resendAll = (peer: string) => api.post<{ count: number }>(`/exchange/peers/${peer}/resend`)
export const skip = (id: string, reason: string) => api.post<OutMessage>(`/exchange/outbox/${id}/skip`, { reason })
export const settle = (id: string, reason: string) => api.post<OutMessage>(`/exchange/outbox/${id}/settle`, { reason })
