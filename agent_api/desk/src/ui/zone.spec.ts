import { afterEach, expect, it } from 'vitest'
import { clock, dateTime, shortTime } from './format'
import { between, today } from './period'
import { dayAfter, momentOf, setZone, startOf } from './zone'

afterEach(() => setZone(undefined))

it('shows the centre its own time, wherever the browser stands', () => {
  const at = '2026-11-21T17:05:00Z'
  setZone('Asia/Shanghai')
  expect([dateTime(at), clock(at)]).toEqual(['2026-11-22 01:05', '01:05'])
  expect(shortTime(at, Date.parse('2026-11-22T03:00:00Z'))).toBe('01:05')
  setZone('America/New_York')
  expect(dateTime(at)).toBe('2026-11-21 12:05')
})

it('begins days at the centre\'s midnight', () => {
  setZone('Asia/Shanghai')
  expect(startOf('2026-11-22').toISOString()).toBe('2026-11-21T16:00:00.000Z')
  expect(today(new Date('2026-11-21T17:00:00Z'))).toEqual({ from: '2026-11-21T16:00:00.000Z', to: '2026-11-22T16:00:00.000Z' })
  expect(between(new Date(2026, 10, 1), new Date(2026, 10, 3)).to).toBe('2026-11-03T16:00:00.000Z')
})

it('knows days whose clocks change', () => {
  setZone('Europe/Berlin')
  const [start, end] = [startOf('2026-03-29'), startOf(dayAfter('2026-03-29', 1))]
  expect(end.getTime() - start.getTime()).toBe(23 * 3600_000)
  expect(momentOf(start)).toEqual({ day: '2026-03-29', time: '00:00:00' })
})
