import { describe, expect, it } from 'vitest'
import { smallTree } from '@/testing/menus'
import { dayType, isOpen, nextMonth, spanProblem, weeksOf, withHoliday, withPlainDay, withWorkday } from './hours'

const { hours, calendar } = smallTree()
const day = hours['day'] as (typeof hours)[string]

it.each([
  ['2026-11-20', 'weekdays'],
  ['2026-11-21', 'weekend'],
  ['2026-10-01', 'holiday'],
  ['2026-10-10', 'weekdays'], // a Saturday that is worked
])('%s is of %s', (date, type) => {
  expect(dayType(date, calendar)).toBe(type)
})

it.each([
  ['2026-11-20', '07:59', false],
  ['2026-11-20', '08:00', true],
  ['2026-11-20', '20:00', false],
  ['2026-11-21', '11:59', true],
  ['2026-10-01', '10:00', false],
])('on %s at %s open: %s', (date, time, open) => {
  expect(isOpen(day, calendar, date, time)).toBe(open)
})

it('midnight ends a day that never closes', () => {
  const always = { weekdays: [{ open: '00:00', close: '24:00' }], weekend: [], holiday: [] }
  expect(isOpen(always, calendar, '2026-11-20', '23:59')).toBe(true)
})

it.each([
  [[['09:00', '12:00'], ['13:00', '18:00']], null],
  [[['13:00', '18:00'], ['09:00', '13:30']], 'overlap'],
  [[['12:00', '12:00']], 'order'],
] as const)('%j -> %s', (spans, problem) => {
  expect(spanProblem(spans.map(([open, close]) => ({ open, close })))).toBe(problem)
})

describe('the calendar', () => {
  it('keeps days in order and a day of one kind only', () => {
    const worked = withWorkday(withHoliday(calendar, '2026-09-30', '前夜'), '2026-10-01')
    expect(worked.holidays).toEqual({ '2026-09-30': '前夜' })
    expect(worked.workdays).toEqual(['2026-10-01', '2026-10-10'])
    expect(withPlainDay(worked, '2026-10-10').workdays).toEqual(['2026-10-01'])
  })

  it('has whole weeks from Monday on', () => {
    const weeks = weeksOf('2026-11')
    expect(weeks[0]).toEqual(['2026-10-26', '2026-10-27', '2026-10-28', '2026-10-29', '2026-10-30', '2026-10-31', '2026-11-01'])
    expect(weeks.at(-1)?.[0]).toBe('2026-11-30')
    expect([weeks.length, weeksOf('2027-02').length]).toEqual([6, 4])
  })

  it('turns over the year', () => {
    expect([nextMonth('2026-12', 1), nextMonth('2027-01', -1)]).toEqual(['2027-01', '2026-12'])
  })
})
