import { api, withQuery } from './client'
import type { Interval, Kpi, Wallboard } from './types'

export interface Period {
  from: string
  to: string
  queue?: string
}

export const wallboard = () => api.get<Wallboard>('/wallboard')
export const kpis = (period: Period) => api.get<Kpi[]>('/stats/kpis', { ...period })
export const intervals = (period: Period, minutes: 30 | 1440) => api.get<Interval[]>('/stats/intervals', { ...period, minutes })
export const exportUrl = (format: 'csv' | 'xlsx', period: Period, minutes: 30 | 1440) =>
  withQuery(`/api/v1/stats/export.${format}`, { ...period, minutes })
