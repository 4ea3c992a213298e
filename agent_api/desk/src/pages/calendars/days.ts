// A year as months of weeks, and days read from a pasted list. Pure.
import type { DayIn, WorkingDay } from '@/api/rules'

export interface Month {
  month: number
  /** Weeks from Monday; null before the first and after the last day. */
  weeks: (WorkingDay | null)[][]
}

const weekday = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

export function months(days: readonly WorkingDay[]): Month[] {
  return Array.from({ length: 12 }, (_, index) => {
    const own = days.filter((each) => Number(each.day.slice(5, 7)) === index + 1)
    const cells: (WorkingDay | null)[] = [...new Array<null>(own[0] ? weekday(own[0].day) : 0).fill(null), ...own]
    while (cells.length % 7) cells.push(null)
    return { month: index + 1, weeks: Array.from({ length: cells.length / 7 }, (__, week) => cells.slice(week * 7, week * 7 + 7)) }
  })
}

const WORKS: Record<string, boolean> = { 班: true, 上班: true, work: true, '1': true, 休: false, 休息: false, off: false, '0': false }

export interface Pasted {
  rows: DayIn[]
  /** Numbers of lines that cannot be read. */
  wrong: number[]
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).getUTCDate() === Number(text.slice(8))

/** A line a day: 2027-02-10,休,春节. Commas of either kind or tabs. */
export function pasted(text: string): Pasted {
  const found: Pasted = { rows: [], wrong: [] }
  text.split('\n').forEach((line, index) => {
    if (!line.trim()) return
    const [day = '', word = '', reason = ''] = line.split(/[,，\t]/).map((part) => part.trim())
    const works = WORKS[word.toLowerCase()]
    if (isDay(day) && works !== undefined && reason) found.rows.push({ day, works, reason })
    else found.wrong.push(index + 1)
  })
  return found
}
