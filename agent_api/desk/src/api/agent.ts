import { api } from './client'
import type { AgentSnapshot, PauseReason } from './types'

export const agentState = () => api.get<AgentSnapshot>('/agent/state')
export const login = () => api.post<unknown>('/agent/login')
export const ready = () => api.post<unknown>('/agent/ready')
export const pause = (reason: PauseReason) => api.post<unknown>('/agent/pause', { reason })
export const logout = () => api.post<unknown>('/agent/logout')
