import { expect, it } from 'vitest'
import { NOW } from '@/testing/fixtures'
import { aFloor, aFloorAgent, aFloorCall, aFloorWaiting } from '@/testing/floor'
import { filtered, helpWanted, longestWait } from './filter'

const floor = aFloor({ agents: [...aFloor().agents, aFloorAgent({ agent_no: '8003', center_id: 'gd', queues: ['vip'] }), aFloorAgent({ agent_no: '8004', state: 'logged_out' })] })
const numbers = (queue: string, center: string) => filtered(floor, { queue, center }).agents.map((agent) => agent.agent_no)

it('shows who is there, who talks first', () => {
  expect(numbers('', '')).toEqual(['8002', '8001', '8003'])
})

it('of one queue, of one centre', () => {
  expect(numbers('vip', '')).toEqual(['8003'])
  expect(numbers('', 'js')).toEqual(['8002', '8001'])
  expect(filtered(floor, { queue: 'vip', center: '' })).toMatchObject({ calls: [], waiting: [] })
  expect(filtered(floor, { queue: '', center: 'gd' })).toMatchObject({ calls: [], waiting: [] })
})

it('the longest wait', () => {
  const older = aFloorWaiting({ call_id: 'older', since: '2026-11-21T02:28:00Z' })
  expect(longestWait(aFloor({ waiting: [aFloorWaiting(), older] }), NOW)).toBe(120)
  expect(longestWait(aFloor({ waiting: [] }), NOW)).toBeNull()
  expect(filtered(aFloor({ waiting: [aFloorWaiting(), older] }), { queue: '', center: '' }).waiting.map((call) => call.call_id)).toEqual(['older', 'n1-2.2'])
})

it('help is given in the order in which it was asked for', () => {
  const asked = (call_id: string, at: string) => aFloorCall({ call_id, help: { note: '', at } })
  expect(helpWanted([aFloorCall(), asked('b', '2026-11-21T02:29:00Z'), asked('a', '2026-11-21T02:28:30Z')]).map((call) => call.call_id)).toEqual(['a', 'b'])
})
