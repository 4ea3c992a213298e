import { describe, expect, it } from 'vitest'
import type { CenterVersions } from '@/api/types'
import { untilNext } from './schedule'

const NOW = Date.parse('2026-11-22T09:00:00Z')
const rows = (...times: (string | null)[]) => ({ versions: times.map((at) => ({ state: at ? 'scheduled' : 'live', publish_at: at })) }) as unknown as CenterVersions

describe('until the next version goes live', () => {
  it('waits for nothing', () => {
    expect(untilNext(null, NOW)).toBeNull()
    expect(untilNext(rows(null), NOW)).toBeNull()
  })

  it('waits for the first of several, and a moment more', () => {
    expect(untilNext(rows('2026-11-22T09:00:30Z', '2026-11-22T09:00:10Z', null), NOW)).toBe(11_500)
  })

  it('looks again soon when the hour has passed, and within the hour when it is far', () => {
    expect(untilNext(rows('2026-11-22T08:00:00Z'), NOW)).toBe(1500)
    expect(untilNext(rows('2026-12-24T08:00:00Z'), NOW)).toBe(3_600_000)
  })
})
