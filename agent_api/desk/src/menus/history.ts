// Undo and redo over values that are never changed in place. Pure.

export interface History<T> {
  readonly past: readonly T[]
  readonly now: T
  readonly future: readonly T[]
  /** What the last change was about: typing on in one field is one step. */
  readonly about: string
}

const STEPS = 200

export const startOf = <T>(now: T): History<T> => ({ past: [], now, future: [], about: '' })

export function record<T>(history: History<T>, next: T, about = ''): History<T> {
  if (next === history.now) return history
  const goesOn = about !== '' && about === history.about && history.past.length > 0
  const past = goesOn ? history.past : [...history.past, history.now].slice(-STEPS)
  return { past, now: next, future: [], about }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], about: '' }
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...rest] = history.future
  if (after === undefined) return history
  return { past: [...history.past, history.now], now: after, future: rest, about: '' }
}
