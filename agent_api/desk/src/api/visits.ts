// Visits to customers (回访): the worklist, the next one, its number, its result; plans, figures, the list as a file.
import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type Visit = Schemas['VisitOut']
export type VisitDetail = Schemas['VisitDetail']
export type Rule = Schemas['VisitRuleOut']
export type Figure = Schemas['VisitFigureOut']
export type Result = Schemas['VisitResult']
export type State = 'open' | 'due' | 'done' | 'cancelled'

const at = (no: string) => `/visits/${encodeURIComponent(no)}`

export const visits = (wanted: { state: State; rule_id?: string; mine?: boolean; limit: number; offset: number }) =>
  api.get<Schemas['VisitPage']>('/visits', { ...wanted, mine: wanted.mine ? 'true' : 'false' })
export const rules = () => api.get<Rule[]>('/visits/rules')
export const figures = (start: string, end: string) => api.get<Figure[]>('/visits/figures', { start, end })
export const visit = (no: string) => api.get<VisitDetail>(at(no))
export const takeNext = () => api.post<VisitDetail | null>('/visits/next')
export const take = (no: string) => api.post<VisitDetail>(`${at(no)}/take`)
export const giveBack = (no: string) => api.post<VisitDetail>(`${at(no)}/give-back`)
export const numberOf = (no: string) => api.post<Schemas['VisitNumberOut']>(`${at(no)}/call`)
export const record = (no: string, result: Result) => api.post<VisitDetail>(`${at(no)}/result`, result)
export const addPlan = (title: string, rule_id: string, customer_ids: string[]) => api.post<Schemas['VisitPlanAdded']>('/visit-plans', { title, rule_id, customer_ids })
export const exported = (start: string, end: string) => api.bytes(`/visits/export?${new URLSearchParams({ start, end, kind: 'xlsx' })}`)
