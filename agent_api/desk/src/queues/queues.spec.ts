import { describe, expect, it } from 'vitest'
import { i18n } from '@/i18n'
import { aTable } from '@/testing/queues'
import { diffTables } from './diff'
import { addQueue, changeItem, changeQueue, queueOf, removeQueue } from './edit'
import { CALLBACK, newQueue, type QueueRule } from './model'
import { problemsOf } from './problems'
import { stretches } from './relaxing'
import { valueInWords } from './words'

const table = aTable()
const say = (key: string, values: Record<string, unknown> = {}) => i18n.global.t(`queues.${key}`, values)
const codes = (patch: Partial<QueueRule>) => problemsOf(changeQueue(table, 'bill', patch)).map((problem) => `${problem.field}.${problem.code}`)

describe('problems', () => {
  it('a new queue has none', () => {
    expect(problemsOf(table)).toEqual([])
  })

  it.each<[Partial<QueueRule>, string]>([
    [{ title: ' ' }, 'title.empty'],
    [{ skills: [{ skill: 'Bill', level: 1, required: true, relax: [] }] }, 'skills.name'],
    [{ skills: [{ skill: 'bill', level: 5, required: true, relax: [{ after_seconds: 30, level: 6 }] }] }, 'skills.relaxUp'],
    [{ skills: [{ skill: 'bill', level: 5, required: true, relax: [{ after_seconds: 30, level: 3 }, { after_seconds: 20, level: 1 }] }] }, 'skills.relaxOrder'],
    [{ skills: [newQueue('a', 'a'), newQueue('a', 'a')].flatMap((queue) => queue.skills) }, 'skills.twice'],
    [{ overflows: [{ to_queue: 'bill', after_seconds: 0, when: 'always', threshold: 0 }] }, 'overflows.itself'],
    [{ overflows: [{ to_queue: 'gone', after_seconds: 0, when: 'always', threshold: 0 }] }, 'overflows.unknown'],
    [{ when_full: { kind: 'queue', queue: 'bill' } }, 'when_full.itself'],
    [{ when_closed: { kind: 'queue', queue: '' } }, 'when_closed.unknown'],
    [{ when_too_long: { kind: 'callback', queue: '' } }, 'when_too_long.noCallback'],
    [{ circles: [{ after_seconds: 5, reach: 0 }] }, 'circles.late'],
    [{ circles: [{ after_seconds: 0, reach: 1 }, { after_seconds: 30, reach: 1 }] }, 'circles.order'],
    [{ hours: { openings: [{ days: [], begins: '08:00', ends: '20:00' }], closed_on_holidays: false } }, 'hours.noDays'],
    [{ hours: { openings: [{ days: [1], begins: '20:00', ends: '08:00' }], closed_on_holidays: false } }, 'hours.order'],
    [{ callback: { ...CALLBACK, gap_seconds: 600, expires_seconds: 600 } }, 'callback.tooShort'],
  ])('%j: %s', (patch, code) => {
    expect(codes(patch)).toEqual([code])
  })

  it('two queues of one name', () => {
    expect(problemsOf(addQueue(table, newQueue('vip', 'x'))).map((problem) => problem.code)).toEqual(['twice'])
  })
})

describe('changes', () => {
  it('never touch what was there', () => {
    const changed = changeQueue(table, 'vip', { ring_seconds: 20 })
    expect(queueOf(changed, 'vip')?.ring_seconds).toBe(20)
    expect(queueOf(table, 'vip')?.ring_seconds).toBe(15)
    expect(queueOf(table, 'gone')).toBeNull()
    expect(changeItem([{ a: 1 }, { a: 2 }], 1, { a: 3 })).toEqual([{ a: 1 }, { a: 3 }])
    expect(changeItem([1, 2], 0, null)).toEqual([2])
  })

  it('are told queue by queue', () => {
    const after = { ...changeQueue(removeQueue(addQueue(table, newQueue('new', '新')), 'vip'), 'bill', { ring_seconds: 20 }), kept_seconds: 90, version: 4 }
    expect(diffTables(table, after).map(({ queue, what, fields }) => [queue, what, fields.map((field) => field.field)])).toEqual([
      ['bill', 'changed', ['ring_seconds']],
      ['vip', 'removed', []],
      ['new', 'added', []],
      ['', 'changed', ['kept_seconds']],
    ])
    expect(diffTables(table, { ...table, version: 9 })).toEqual([])
  })
})

describe('in words', () => {
  it.each<[string, unknown, string]>([
    ['most_waiting', null, '无'],
    ['record', true, '是'],
    ['ring_seconds', 20, '20 秒'],
    ['strategy', 'round_robin', '轮流'],
    ['when_full', { kind: 'queue', queue: 'vip' }, 'vip'],
    ['skills', [{ skill: 'bill', level: 5, required: true, relax: [{ after_seconds: 30, level: 3 }, { after_seconds: 60, level: 0 }] }], '30 秒后降为 3 级'],
    ['overflows', [{ to_queue: 'vip', after_seconds: 20, when: 'expected_wait_over', threshold: 90 }], '90'],
    ['circles', [{ after_seconds: 30, reach: 1 }], '本省'],
    ['hours.openings', [{ days: [1, 2], begins: '08:00:00', ends: '20:00:00' }], '08:00–20:00'],
  ])('%s %j', (field, value, words) => {
    expect(valueInWords(field, value, say)).toContain(words)
  })
})

it('draws how a skill relaxes', () => {
  const drawn = stretches({ skill: 'bill', level: 5, required: true, relax: [{ after_seconds: 40, level: 3 }, { after_seconds: 80, level: 0 }] })
  expect(drawn.map(({ from, to, level }) => [from, to, level])).toEqual([[0, 40, 5], [40, 80, 3], [80, null, 0]])
  expect(drawn.reduce((sum, stretch) => sum + stretch.width, 0)).toBeCloseTo(1)
  expect(stretches({ skill: 'bill', level: 5, required: true, relax: [] })).toMatchObject([{ left: 0, width: 1 }])
})
