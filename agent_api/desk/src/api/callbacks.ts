import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type Callback = Schemas['CallbackOut']
/** A caller who gave up and has not talked with anybody since. */
export type Missed = Schemas['MissedCall']

export const callbacks = (state: string, queue: string) => api.get<{ items: Callback[] }>('/callbacks', { state, queue })
export const book = (queue: string, number: string) => api.post<unknown>('/callbacks', { queue, number })
/** The number is the caller's own, known to the server by the call. */
export const bookForCall = (queue: string, callId: string) => api.post<unknown>('/callbacks', { queue, call_id: callId })
export const cancel = (id: string) => api.post<unknown>(`/callbacks/${encodeURIComponent(id)}/cancel`)
export const missed = (since: string) => api.get<{ items: Missed[] }>('/calls/missed', { since })
