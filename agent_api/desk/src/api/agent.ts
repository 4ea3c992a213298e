import { api } from './client'
import type { components } from './schema'
import type { AgentSnapshot, PauseReason } from './types'

export type PauseLimit = components['schemas']['PauseLimitOut']
export type Device = 'browser' | 'phone'

export interface DeskSession {
  session: string
  devices: readonly Device[]
}

export const agentState = () => api.get<AgentSnapshot>('/agent/state')
/** A session other than the one signed in moves the agent here, call and all. */
export const login = (desk: DeskSession) => api.post<unknown>('/agent/login', desk)
export const pauseLimits = () => api.get<PauseLimit[]>('/agent/pause-limits')
export const ready = () => api.post<unknown>('/agent/ready')
export const pause = (reason: PauseReason) => api.post<unknown>('/agent/pause', { reason })
export const logout = () => api.post<unknown>('/agent/logout')
/** The wrap-up going on ends so many seconds from now. */
export const wrapUpFor = (seconds: number) => api.post<unknown>('/agent/wrap-up', { seconds })
