// Records, timelines, groups, credit, imports, alarms about looks, blocked numbers, dealers.
import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type Moment = Schemas['MomentOut']
export type Timeline = Schemas['TimelineOut']
export type Group = Schemas['GroupOut']
export type Credit = Schemas['CreditOut']
export type CreditChange = Schemas['ChangeOut']
export type Import = Schemas['ImportOut']
export type Alarms = Schemas['AlarmList']
export type Blocked = Schemas['BlockedOut']
export type Dealer = Schemas['DealerOut']

const at = (id: string) => `/customers/${encodeURIComponent(id)}`

export const timeline = (id: string, before?: string) => api.get<Timeline>(`${at(id)}/timeline`, before ? { before } : {})
export const edit = (id: string, change: unknown) => api.patch<unknown>(at(id), change)
export const group = (id: string) => api.get<Group>(`${at(id)}/group`)
export const credit = (id: string) => api.get<Credit>(`${at(id)}/credit`)
export const propose = (id: string, wish: unknown) => api.post<CreditChange>(`${at(id)}/credit/proposals`, wish)
export const appeal = (id: string, wish: unknown) => api.post<CreditChange>(`${at(id)}/credit/appeals`, wish)
export const openChanges = () => api.get<CreditChange[]>('/credit/changes')
export const answer = (change: number, word: unknown) => api.post<CreditChange>(`/credit/changes/${change}/answer`, word)
export const decide = (change: number, word: unknown) => api.post<CreditChange>(`/credit/changes/${change}/decide`, word)

export const imports = () => api.get<Import[]>('/customer-imports')
export const errorsOf = (id: string) => api.bytes(`/customer-imports/${id}/errors.csv`)
export function load(file: File, dryRun: boolean): Promise<Import> {
  const form = new FormData()
  form.append('file', file)
  form.append('dry_run', String(dryRun))
  return api.post<Import>('/customer-imports', form)
}

export const alarms = () => api.get<Alarms>('/access/alarms')
export const check = (alarm: number, finding: string) => api.post<unknown>(`/access/alarms/${alarm}/check`, { finding })

export const allowMore = (alarm: number, finding: string) => api.post<unknown>(`/access/alarms/${alarm}/allow`, { finding })

export const blocked = () => api.get<Blocked[]>('/blocked-numbers')
export const block = (number: string, reason: string) => api.post<unknown>('/blocked-numbers', { number, reason })
export const release = (number: string, reason: string) => api.post<unknown>('/blocked-numbers/release', { number, reason })
export const dealers = () => api.get<Dealer[]>('/dealers')
export const unlockDealer = (code: string, reason: string) => api.post<unknown>(`/dealers/${code}/unlock`, { reason })
