// A floor for the tests: two agents, one of them in a call, and a caller who waits.
import type { Floor, FloorAgent, FloorCall, FloorWaiting } from '@/api/floor'

export const aFloorAgent = (over: Partial<FloorAgent> = {}): FloorAgent => ({
  agent_no: '8001', name: '林晓雯', center_id: 'js', state: 'ready', reason: null, since: '2026-11-21T02:29:00Z', call_id: null, queues: ['bill'], skills: { bill: 5 }, desk: true, ...over,
})

export const aFloorCall = (over: Partial<FloorCall> = {}): FloorCall => ({
  call_id: 'n1-1.1', state: 'talking', queue: 'bill', agent_no: '8002', since: '2026-11-21T02:28:00Z', caller_masked: '139****0001', customer_name_masked: '王*', center_id: 'js', consulting: null, conference: [], spies: [], help: null, recording: 'started', ...over,
})

export const aFloorWaiting = (over: Partial<FloorWaiting> = {}): FloorWaiting => ({
  call_id: 'n1-2.2', queue: 'bill', since: '2026-11-21T02:29:20Z', priority: 0, position: 1, center_id: 'js', ...over,
})

export const aFloor = (over: Partial<Floor> = {}): Floor => ({
  agents: [aFloorAgent(), aFloorAgent({ agent_no: '8002', name: '王海', state: 'talking', call_id: 'n1-1.1' })],
  calls: [aFloorCall()],
  waiting: [aFloorWaiting()],
  ...over,
})
