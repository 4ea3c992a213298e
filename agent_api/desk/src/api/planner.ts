import { api } from './client'

export interface StaffingTarget {
  service_level: number
  seconds: number
  max_occupancy: number
}

export interface PlannedInterval {
  start: string
  forecast_arrivals: number
  actual_arrivals: number | null
  aht_seconds: number
  agents_needed: number
  agents_signed_in: number | null
  expected_service_level: number | null
  expected_asa_seconds: number | null
  occupancy: number | null
  abandon_share: number | null
}

export interface Plan {
  target: StaffingTarget
  intervals: PlannedInterval[]
}

export interface WhatIf {
  arrivals_per_half_hour: number
  aht_seconds: number
  target: StaffingTarget
  patience_seconds: number | null
  shrinkage: number
}

export interface WhatIfRow {
  agents: number
  service_level: number
  asa_seconds: number
  occupancy: number
  abandon_share: number | null
  meets_target: boolean
}

export const plan = (day: string, queue: string) => api.get<Plan>('/planner', { day, queue })
export const whatIf = (question: WhatIf) => api.post<{ rows: WhatIfRow[] }>('/planner/what-if', question)
