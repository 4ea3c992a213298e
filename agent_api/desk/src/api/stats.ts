import { api, withQuery } from './client'
import type { Interval, Kpi, Wallboard } from './types'

export interface Period {
  from: string
  to: string
  queue?: string
}

export const wallboard = () => api.get<Wallboard>('/wallboard')
export const kpis = (period: Period) => api.get<Kpi[]>('/stats/kpis', { ...period })
export const intervals = (period: Period) => api.get<Interval[]>('/stats/intervals', { ...period, minutes: 30 })
export const exportUrl = (format: 'csv' | 'xlsx', period: Period) =>
  withQuery(`/api/v1/stats/export.${format}`, { ...period })
