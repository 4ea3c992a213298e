// How values are written for people. Pure: the clock and the language are arguments.

import { momentOf } from './zone'

export const NOTHING = '--'

/** 138****5678; short numbers (extensions, service numbers) stay as they are. */
export function maskNumber(number: string): string {
  return number.length < 7 ? number : `${number.slice(0, 3)}****${number.slice(-4)}`
}

/** 75 -> "01:15", 3675 -> "1:01:15". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const pad = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${pad(minutes)}:${pad(rest)}`
}

export const since = (start: string | null | undefined, now: number): string =>
  start ? duration((now - Date.parse(start)) / 1000) : NOTHING

export const milliseconds = (value: number | null | undefined): string =>
  value === null || value === undefined ? NOTHING : duration(value / 1000)

/** "1234.5" -> "¥1,234.50". Text in, text out: money is never a float. */
export function yuan(amount: string | null | undefined): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount ?? '')
  if (!match) return NOTHING
  const [, sign, whole = '0', cents = ''] = match
  return `${sign}¥${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents.padEnd(2, '0').slice(0, 2)}`
}

export const isPositive = (amount: string | null | undefined): boolean => Number(amount) > 0

export function dateTime(iso: string | null | undefined): string {
  if (!iso) return NOTHING
  const { day, time } = momentOf(new Date(iso))
  return `${day} ${time.slice(0, 5)}`
}

/** Today the time of day, else with its day ("11-20 16:33"). */
export function shortTime(iso: string, now: number): string {
  const full = dateTime(iso)
  return full.slice(0, 10) === dateTime(new Date(now).toISOString()).slice(0, 10) ? full.slice(11) : full.slice(5)
}

/** Hours and minutes at the centre. */
export function clock(iso: string | null | undefined): string {
  return iso ? momentOf(new Date(iso)).time.slice(0, 5) : NOTHING
}
