import { beforeEach, expect, it } from 'vitest'
import { above, below, DEFAULTS, savedThresholds, saveThresholds, tooLong } from './alarms'

beforeEach(() => localStorage.clear())

it.each([[null, 'calm'], [0, 'calm'], [3, 'calm'], [4, 'warn'], [6, 'warn'], [7, 'alarm']])('%s waiting of at most 6 is %s', (value, severity) => {
  expect(above(value, 6)).toBe(severity)
})

it.each([[null, 'calm'], [0.84, 'alarm'], [0.85, 'warn'], [0.89, 'warn'], [0.9, 'calm'], [0, 'alarm']])('%s in time is %s', (share, severity) => {
  expect(below(share, 0.85)).toBe(severity)
})

it.each([['ready', 1e6, 'calm'], ['talking', 599, 'calm'], ['talking', 600, 'warn'], ['held', 180, 'alarm'], ['logged_out', 1e6, 'calm']] as const)('%s for %i s is %s', (state, seconds, severity) => {
  expect(tooLong(state, seconds)).toBe(severity)
})

it('keeps what was set, and lives with nonsense', () => {
  saveThresholds({ ...DEFAULTS, waiting: 9 })
  expect(savedThresholds()).toEqual({ ...DEFAULTS, waiting: 9 })
  localStorage.setItem('desk.alarms', '{')
  expect(savedThresholds()).toEqual(DEFAULTS)
})
