import { describe, expect, it } from 'vitest'
import { anAgent, aQueue, NOW } from '@/testing/fixtures'
import { agentsInOrder, queueRow, totals } from './figures'

const waiting = (...ages: number[]) =>
  ages.map((age, index) => ({ call_id: `c${index}`, since: new Date(NOW - age * 1000).toISOString(), priority: 0, position: index + 1 }))

describe('a queue', () => {
  it.each([
    [[], 'calm'],
    [[5], 'calm'],
    [[8, 2], 'warn'],
    [[16, 2], 'alarm'],
  ])('waiting %j is %s', (ages, severity) => {
    expect(queueRow(aQueue({ waiting: waiting(...ages) }), NOW).severity).toBe(severity)
  })

  it('that nobody serves is an alarm as soon as somebody waits', () => {
    expect(queueRow(aQueue({ waiting: waiting(1), agents_logged_in: 0 }), NOW).severity).toBe('alarm')
  })

  it('ticks', () => {
    const queue = aQueue({ waiting: waiting(10, 4) })
    expect([queueRow(queue, NOW).longestSeconds, queueRow(queue, NOW + 3000).longestSeconds]).toEqual([10, 13])
  })
})

it('sums up queues and agents', () => {
  const rows = [
    queueRow(aQueue({ waiting: waiting(10), expected_wait_seconds: 30 }), NOW),
    queueRow(aQueue({ queue: 'vip', waiting: waiting(20, 1), expected_wait_seconds: 90, agents_logged_in: 0 }), NOW),
  ]
  const agents = [anAgent(), anAgent({ state: 'talking' }), anAgent({ state: 'wrap_up' }), anAgent({ state: 'paused' }), anAgent({ state: 'logged_out' })]
  expect(totals(rows, agents)).toEqual({ waiting: 3, longestSeconds: 20, expectedSeconds: 30, ready: 1, busy: 2, paused: 1, loggedIn: 4 })
})

it('with nothing waiting has no longest wait', () => {
  expect(totals([queueRow(aQueue(), NOW)], [])).toMatchObject({ waiting: 0, longestSeconds: null, expectedSeconds: null })
})

it('puts who talks first and who is away last', () => {
  const order = agentsInOrder([anAgent({ agent_id: '3', state: 'logged_out' }), anAgent({ agent_id: '2' }), anAgent({ agent_id: '1' }), anAgent({ agent_id: '4', state: 'talking' })])
  expect(order.map((agent) => agent.agent_id)).toEqual(['4', '1', '2', '3'])
})
