import { api } from './client'

export interface Callback {
  callback_id: string
  queue: string
  number_masked: string
  customer: string | null
  state: string
  place_at: string
  attempts: number
  next_at: string | null
  expires_at: string
  call_id: string | null
  result: string | null
}

/** A caller who gave up. */
export interface Missed {
  call_id: string
  at: string
  queue: string | null
  stage: string
  wait_ms: number
  caller_masked: string
  called_back: boolean
}

export const callbacks = (state: string, queue: string) => api.get<{ items: Callback[] }>('/callbacks', { state, queue })
export const book = (queue: string, number: string) => api.post<unknown>('/callbacks', { queue, number })
/** The number is the caller's own, known to the server by the call. */
export const bookForCall = (queue: string, callId: string) => api.post<unknown>('/callbacks', { queue, call_id: callId })
export const cancel = (id: string) => api.post<unknown>(`/callbacks/${encodeURIComponent(id)}/cancel`)
export const missed = (since: string) => api.get<{ items: Missed[] }>('/calls/missed', { since })
