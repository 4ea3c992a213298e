// Periods of statistics. Days begin at the centre's midnight; the server gets instants.
import type { Period } from '@/api/stats'
import { chosenDay, dayAfter, momentOf, startOf } from './zone'

const DAY_MS = 24 * 3600 * 1000

const span = (first: string, after: string): Period => ({ from: startOf(first).toISOString(), to: startOf(after).toISOString() })

/** `days` whole days up to the end of the one that holds `now`, shifted back by `ago` days. */
export function period(days: number, ago = 0, now = new Date()): Period {
  const after = dayAfter(momentOf(now).day, 1 - ago)
  return span(dayAfter(after, -days), after)
}

export const today = (now = new Date()): Period => period(1, 0, now)

/** Half hours tell a day's story; over more than two days whole days do. */
export const grain = ({ from, to }: Period): 30 | 1440 => (Date.parse(to) - Date.parse(from) > 2 * DAY_MS ? 1440 : 30)

/** From two chosen days, both included. */
export const between = (first: Date, last: Date): Period => span(chosenDay(first), dayAfter(chosenDay(last), 1))
