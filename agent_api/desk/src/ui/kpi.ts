// An indicator in words: its title in the language of the page, value with unit, fraction behind it, target.
import { useI18n } from 'vue-i18n'
import type { Kpi } from '@/api/types'
import { NOTHING } from './format'

const DIGITS = { '%': 1, s: 1, count: 0 } as const
const SIGN: Record<string, string> = { '>=': '≥', '<=': '≤', '=': '=', '>': '>', '<': '<' }

/** One that is newer than the catalogue keeps the server's title. */
export function useKpiTitle(): (kpi: Kpi) => string {
  const { t, te } = useI18n()
  return (kpi) => (te(`kpi.titles.${kpi.id}`) ? t(`kpi.titles.${kpi.id}`) : kpi.title)
}

/** The server gives shares as 0..1; people read percent. Nothing to divide by is "--", never 0. */
export function kpiValue(kpi: Kpi): string {
  return kpi.value === null ? NOTHING : inUnit(kpi.value, kpi.unit)
}

export function kpiTarget(kpi: Kpi): string {
  if (!kpi.target) return NOTHING
  const { op, value, upper } = kpi.target
  if (op === 'range' && typeof upper === 'number') return `${inUnit(value, kpi.unit)} – ${inUnit(upper, kpi.unit)}`
  return `${SIGN[op] ?? op} ${inUnit(value, kpi.unit)}`
}

export function kpiFraction(kpi: Kpi): string {
  return kpi.numerator === null || kpi.denominator === null ? '' : `${trim(kpi.numerator)} / ${trim(kpi.denominator)}`
}

function inUnit(value: number, unit: Kpi['unit']): string {
  if (unit === '%') return `${(value * 100).toFixed(DIGITS['%'])}%`
  return unit === 's' ? `${value.toFixed(DIGITS.s)} s` : value.toFixed(DIGITS.count)
}

const trim = (value: number): string => String(Math.round(value * 10) / 10)
