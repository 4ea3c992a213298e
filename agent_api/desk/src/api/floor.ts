// The floor as a supervisor sees it, and what a supervisor does there. Everything is audited by the server.
import { api } from './client'
import type { Target } from './control'
import type { components } from './schema'
import type { PauseReason } from './types'

type Schemas = components['schemas']

export type SpyMode = Schemas['SpyMode']
export type FloorAgent = Schemas['FloorAgent']
export type FloorCall = Schemas['FloorCall']
export type FloorWaiting = Schemas['FloorWaiting']
export type Floor = Schemas['Floor']
/** What a supervisor tells everybody at a desk. */
export type Broadcast = Schemas['BroadcastOut']

const agentAt = (no: string, what: string) => `/supervision/agents/${encodeURIComponent(no)}/${what}`
const callAt = (callId: string, what: string) => `/supervision/calls/${encodeURIComponent(callId)}/${what}`

export const floor = () => api.get<Floor>('/floor')

export const forceReady = (no: string) => api.post<unknown>(agentAt(no, 'ready'))
export const forcePause = (no: string, reason: PauseReason) => api.post<unknown>(agentAt(no, 'pause'), { reason })
export const forceLogout = (no: string) => api.post<unknown>(agentAt(no, 'logout'))
export const assign = (no: string, queues: string[], skills: Record<string, number>) =>
  api.post<unknown>(agentAt(no, 'assign'), { queues, skills })

export const spy = (callId: string, mode: SpyMode) => api.post<unknown>(callAt(callId, 'spy'), { mode })
export const stopSpying = (callId: string) => api.post<unknown>(callAt(callId, 'stop'))
export const takeOver = (callId: string) => api.post<unknown>(callAt(callId, 'take-over'))
export const redirect = (callId: string, to: Target) => api.post<unknown>(callAt(callId, 'redirect'), { to })

export const closeQueue = (queue: string, closed: boolean) =>
  api.post<unknown>(`/supervision/queues/${encodeURIComponent(queue)}/closed`, { closed })
export const broadcast = (text: string, center_id: string | null, queue: string | null, minutes: number) =>
  api.post<unknown>('/supervision/broadcast', { text, center_id, queue, minutes })
