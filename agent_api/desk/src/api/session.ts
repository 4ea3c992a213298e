import { api } from './client'
import type { Center, Me, SoftphoneAccount } from './types'

export const signIn = (agentNo: string, password: string) =>
  api.post<Me>('/session', { agent_no: agentNo, password })
export const currentSession = () => api.get<Me>('/session')
export const signOut = () => api.delete<unknown>('/session')
export const centers = () => api.get<Center[]>('/centers')
export const softphoneAccount = () => api.get<SoftphoneAccount>('/softphone')
