import { expect, it } from 'vitest'
import { aCall } from '@/testing/fixtures'
import { afterEvent } from './call_story'
import type { ContractEvent } from './messages'

const call = aCall()
const about = { call_id: call.call_id, at: '2026-11-21T02:31:00Z' }
const after = (event: object) => afterEvent(call, { ...about, ...event } as ContractEvent)

it.each([
  [{ type: 'call.connected', agent_id: '8001', queue: 'bill', wait_ms: 9000 }, { connected_at: about.at, wait_ms: 9000 }],
  [{ type: 'call.identified', customer_id: 'C000002', auth_level: 2 }, { customer_id: 'C000002', auth_level: 2 }],
  [{ type: 'call.resumed', agent_id: '8001', hold_ms: 4000 }, { hold_ms: 4000 }],
  [{ type: 'call.surveyed', satisfaction: 1 }, { satisfaction: 1 }],
  [
    { type: 'call.ended', hangup_side: 'customer', talk_ms: 60000, hold_ms: 0, incomplete: false },
    { ended: true, ended_at: about.at, hangup_side: 'customer', talk_ms: 60000 },
  ],
])('%o', (event, changed) => {
  expect(after(event)).toEqual({ ...call, ...changed })
})

it('appends a menu step', () => {
  const { ivr_path: path } = after({ type: 'call.ivr_visited', menu_node: 'bill', key: '1', outcome: 'mobile' })
  expect(path).toEqual([...call.ivr_path, { node: 'bill', key: '1', outcome: 'mobile', at: about.at }])
})

it('ignores other calls and other events', () => {
  expect(afterEvent(call, { ...about, call_id: 'other', type: 'call.surveyed', satisfaction: 3 })).toBe(call)
  expect(after({ type: 'call.agent_missed' })).toBe(call)
})
