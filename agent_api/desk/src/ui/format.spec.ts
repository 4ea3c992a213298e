import { describe, expect, it } from 'vitest'
import { aKpi, anInterval } from '@/testing/fixtures'
import { duration, isPositive, maskNumber, milliseconds, shortTime, since, yuan } from './format'
import { kpiFraction, kpiTarget, kpiValue } from './kpi'
import { between, grain, period } from './period'
import { LIGHT, serviceLevel, trafficChart } from './traffic_chart'

describe('values', () => {
  it.each([['13900000001', '139****0001'], ['02512345678', '025****5678'], ['8001', '8001'], ['', '']])('number %s -> %s', (number, masked) => {
    expect(maskNumber(number)).toBe(masked)
  })

  it.each([[0, '00:00'], [75, '01:15'], [3675, '1:01:15'], [-3, '00:00']])('%i s -> %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text)
  })

  it.each([['1234567.5', '¥1,234,567.50'], ['0', '¥0.00'], ['-12.30', '-¥12.30'], ['', '--'], [null, '--'], ['x', '--']])('%s yuan -> %s', (amount, text) => {
    expect(yuan(amount)).toBe(text)
  })

  it('nothing is two dashes', () => {
    expect([milliseconds(null), since(null, 0)]).toEqual(['--', '--'])
    expect(isPositive('0.00')).toBe(false)
  })

  it('names the day only when it is another', () => {
    const now = new Date(2026, 10, 21, 12).getTime()
    expect(shortTime(new Date(2026, 10, 21, 9, 5).toISOString(), now)).toBe('09:05')
    expect(shortTime(new Date(2026, 10, 20, 9, 5).toISOString(), now)).toBe('11-20 09:05')
  })
})

describe('indicators', () => {
  it('shows value, fraction and target', () => {
    const kpi = aKpi()
    expect([kpiValue(kpi), kpiFraction(kpi), kpiTarget(kpi)]).toEqual(['85.7%', '6 / 7', '≥ 95.0%'])
  })

  it('never makes a number of nothing', () => {
    expect(kpiValue(aKpi({ value: null }))).toBe('--')
    expect(kpiTarget(aKpi({ target: null }))).toBe('--')
  })

  it('shows a range and seconds', () => {
    expect(kpiTarget(aKpi({ target: { op: 'range', value: 0.75, upper: 0.85 } }))).toBe('75.0% – 85.0%')
    expect(kpiValue(aKpi({ unit: 's', value: 16.1667 }))).toBe('16.2 s')
  })
})

describe('periods', () => {
  const now = new Date(2026, 10, 21, 15)
  const local = (iso: string) => [new Date(iso).getMonth() + 1, new Date(iso).getDate(), new Date(iso).getHours()]

  it('are whole local days', () => {
    expect(local(period(7, 0, now).from)).toEqual([11, 15, 0])
    expect(local(period(7, 0, now).to)).toEqual([11, 22, 0])
    expect(local(period(1, 1, now).from)).toEqual([11, 20, 0])
  })

  it('chosen by hand include the last day, and are drawn by day when long', () => {
    const chosen = between(new Date(2026, 10, 1), new Date(2026, 10, 3))
    expect(local(chosen.to)).toEqual([11, 4, 0])
    expect([grain(chosen), grain(period(1, 0, now))]).toEqual([1440, 30])
  })
})

describe('the traffic chart', () => {
  const words = { answered: 'a', abandoned: 'b', serviceLevel: 'c', unit: 'd' }

  it('has no service level where nobody asked', () => {
    expect(serviceLevel(anInterval({ answered: 0, abandoned: 0, answered_15s: 0 }))).toBeNull()
    expect(serviceLevel(anInterval())).toBe(57.1)
  })

  it('marks what was only partly seen', () => {
    const { xAxis } = trafficChart([anInterval({ incomplete: true }), anInterval()], 30, words, LIGHT)
    const labels = (xAxis as { data: string[] }).data
    expect(labels.map((label) => label.endsWith('*'))).toEqual([true, false])
  })
})
