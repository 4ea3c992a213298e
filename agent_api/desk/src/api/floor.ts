// The floor as a supervisor sees it, and what a supervisor does there. Everything is audited by the server.
import { api } from './client'
import type { Target } from './control'
import type { AgentState, PauseReason } from './types'

export type SpyMode = 'listen' | 'whisper' | 'barge'

export interface FloorAgent {
  agent_no: string
  name: string
  center_id: string
  state: AgentState
  reason: PauseReason | null
  since: string
  call_id: string | null
  queues: string[]
  skills: Record<string, number>
  /** Whether a desk is open for this agent. */
  desk: boolean
}

export interface FloorCall {
  call_id: string
  state: string
  queue: string | null
  agent_no: string | null
  since: string
  caller_masked: string
  customer_name_masked: string | null
  center_id: string
  consulting: string | null
  conference: string[]
  spies: { supervisor: string; mode: SpyMode }[]
  help: { note: string; at: string } | null
  recording: string | null
}

export interface FloorWaiting {
  call_id: string
  queue: string
  since: string
  priority: number
  position: number
  center_id: string
}

/** What a supervisor tells everybody at a desk. */
export interface Broadcast {
  id: string
  text: string
  by: string
  by_name: string
  at: string
}

export interface Floor {
  agents: FloorAgent[]
  calls: FloorCall[]
  waiting: FloorWaiting[]
}

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
