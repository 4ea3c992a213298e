// How visits look: colours of results, spans of days, which results need words. Pure.
import type { Visit } from '@/api/visits'

export const OUTCOMES = ['satisfied', 'neutral', 'dissatisfied', 'refused', 'no_answer', 'busy', 'power_off', 'wrong_number', 'later'] as const
export type Outcome = (typeof OUTCOMES)[number]

type Colour = 'success' | 'warning' | 'danger' | 'info' | 'primary'
const COLOURS: Record<string, Colour> = { satisfied: 'success', neutral: 'warning', dissatisfied: 'danger', refused: 'info', unreached: 'info' }

export const colourOf = (visit: Visit): Colour => COLOURS[visit.result] ?? (visit.state === 'CANCELLED' ? 'info' : visit.overdue ? 'danger' : 'primary')

export function lastDays(days: number, now: Date = new Date()): { start: string; end: string } {
  return { start: new Date(now.getTime() - days * 86_400_000).toISOString(), end: new Date(now.getTime() + 60_000).toISOString() }
}

/** Numbers of customers as somebody pastes them: one a line, or with commas. */
export const customerIds = (text: string): string[] => [...new Set(text.split(/[\s,，;；]+/).filter(Boolean))]

/** What is missing before a result can be sent; empty: nothing. */
export function missing(outcome: Outcome | '', comment: string, nextAt: string): '' | 'outcome' | 'comment' | 'time' {
  if (!outcome) return 'outcome'
  if (outcome === 'dissatisfied' && !comment.trim()) return 'comment'
  return outcome === 'later' && !nextAt ? 'time' : ''
}
