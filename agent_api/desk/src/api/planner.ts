import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type StaffingTarget = Schemas['StaffingTarget']
export type PlannedInterval = Schemas['PlannedInterval']
export type Plan = Schemas['Plan']
export type WhatIf = Schemas['WhatIf']
export type WhatIfAnswer = Schemas['WhatIfAnswer']

export const plan = (day: string, queue: string) => api.get<Plan>('/planner', { day, queue })
export const exported = (day: string, queue: string) => api.bytes(`/planner/export?${new URLSearchParams({ day, queue, kind: 'xlsx' })}`)
export const whatIf = (question: WhatIf) => api.post<WhatIfAnswer>('/planner/what-if', question)
