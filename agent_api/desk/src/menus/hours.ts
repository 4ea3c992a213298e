// Opening hours, holidays and worked weekend days, as the voice menu reads them. Pure; days are "2026-10-01", times
// "09:30" in the centre's own time zone.
import type { Calendar, DayType, Hours, Span } from './model'

/** A holiday wins over the weekday, a worked weekend day counts as a weekday. */
export function dayType(day: string, calendar: Calendar): DayType {
  if (day in calendar.holidays) return 'holiday'
  if (calendar.workdays.includes(day)) return 'weekdays'
  return isWeekend(day) ? 'weekend' : 'weekdays'
}

export const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

export function isOpen(hours: Hours, calendar: Calendar, day: string, time: string): boolean {
  return hours[dayType(day, calendar)].some((span) => span.open <= time && time < span.close)
}

export type SpanProblem = 'order' | 'overlap' | null

export function spanProblem(spans: readonly Span[]): SpanProblem {
  if (spans.some((span) => span.open >= span.close)) return 'order'
  const sorted = [...spans].sort((a, b) => a.open.localeCompare(b.open))
  return sorted.some((span, index) => index > 0 && span.open < (sorted[index - 1] as Span).close) ? 'overlap' : null
}

export function withHoliday(calendar: Calendar, day: string, name: string): Calendar {
  return {
    ...calendar,
    holidays: Object.fromEntries(Object.entries({ ...calendar.holidays, [day]: name }).sort(([a], [b]) => a.localeCompare(b))),
    workdays: calendar.workdays.filter((other) => other !== day),
  }
}

export function withWorkday(calendar: Calendar, day: string): Calendar {
  const plain = withPlainDay(calendar, day)
  return { ...plain, workdays: [...plain.workdays, day].sort() }
}

export function withPlainDay(calendar: Calendar, day: string): Calendar {
  return {
    ...calendar,
    holidays: Object.fromEntries(Object.entries(calendar.holidays).filter(([other]) => other !== day)),
    workdays: calendar.workdays.filter((other) => other !== day),
  }
}

/** The weeks of a month, Monday first; days of the neighbours fill the edges. */
export function weeksOf(month: string): string[][] {
  const first = new Date(`${month}-01T00:00:00Z`)
  const start = new Date(first)
  start.setUTCDate(1 - ((first.getUTCDay() + 6) % 7))
  const weeks: string[][] = []
  for (const day = start; weeks.length < 6; ) {
    if (weeks.length > 0 && day.toISOString().slice(0, 7) !== month) break
    weeks.push(Array.from({ length: 7 }, () => (day.setUTCDate(day.getUTCDate() + 1), new Date(day.getTime() - 864e5).toISOString().slice(0, 10))))
  }
  return weeks
}

export function nextMonth(month: string, steps: number): string {
  const [year, of] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, of - 1 + steps, 1)).toISOString().slice(0, 7)
}
