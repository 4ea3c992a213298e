// Periods of statistics. Days begin at local midnight; the server gets instants.
import type { Period } from '@/api/stats'

const DAY_MS = 24 * 3600 * 1000

export function dayStart(of: Date): Date {
  return new Date(of.getFullYear(), of.getMonth(), of.getDate())
}

/** `days` whole days up to the end of the one that holds `now`, shifted back by `ago` days. */
export function period(days: number, ago = 0, now = new Date()): Period {
  const end = dayStart(new Date(dayStart(now).getTime() + DAY_MS * (1 - ago) + DAY_MS / 2))
  const start = dayStart(new Date(end.getTime() - DAY_MS * days + DAY_MS / 2))
  return { from: start.toISOString(), to: end.toISOString() }
}

export const today = (now = new Date()): Period => period(1, 0, now)

/** Half hours tell a day's story; over more than two days whole days do. */
export const grain = ({ from, to }: Period): 30 | 1440 => (Date.parse(to) - Date.parse(from) > 2 * DAY_MS ? 1440 : 30)

/** From two chosen days, both included. */
export function between(first: Date, last: Date): Period {
  const end = dayStart(new Date(dayStart(last).getTime() + DAY_MS * 1.5))
  return { from: dayStart(first).toISOString(), to: end.toISOString() }
}
