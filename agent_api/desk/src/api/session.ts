import { api } from './client'
import type { Me, SoftphoneAccount } from './types'

export const signIn = (agentNo: string, password: string) =>
  api.post<Me>('/session', { agent_no: agentNo, password })
export const currentSession = () => api.get<Me>('/session')
export const signOut = () => api.delete<unknown>('/session')
export const softphoneAccount = () => api.get<SoftphoneAccount>('/softphone')
