import { api } from './client'
import type { DunningAttempt, DunningCase } from './types'

const at = (caseId: string) => `/dunning/cases/${encodeURIComponent(caseId)}`

export const cases = () => api.get<{ items: DunningCase[] }>('/dunning/cases')
export const dial = (caseId: string) => api.post<{ attempt_id: string }>(`${at(caseId)}/dial`)
export const attempts = (caseId: string) => api.get<DunningAttempt[]>('/dunning/attempts', { case_id: caseId })
export const registerPayment = (caseId: string, amount: string) =>
  api.post<unknown>(`${at(caseId)}/payments`, { amount })
