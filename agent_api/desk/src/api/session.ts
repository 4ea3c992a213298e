import { api } from './client'
import type { Center, Me, SoftphoneAccount } from './types'

export const signIn = (agentNo: string, password: string, code = '') =>
  api.post<Me>('/session', { agent_no: agentNo, password, ...(code ? { code } : {}) })
export const currentSession = () => api.get<Me>('/session')
export const signOut = () => api.delete<unknown>('/session')
export const centers = () => api.get<Center[]>('/centers')
export const softphoneAccount = () => api.get<SoftphoneAccount>('/softphone')
