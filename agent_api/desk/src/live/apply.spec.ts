import { describe, expect, it } from 'vitest'
import type { Broadcast } from '@/api/floor'
import { aCall, anAgent, aQueue } from '@/testing/fixtures'
import { aFloorCall } from '@/testing/floor'
import { apply, EMPTY, type LiveState } from './apply'
import type { LiveMessage } from './messages'

const ME = '8001'
const call = aCall()
const onFloor = aFloorCall()
const notice: Broadcast = { id: '7', text: '系统将于 22:00 升级', by: '8101', by_name: '沈国栋', at: '2026-11-21T02:29:30Z', expires_at: '2026-11-21T02:59:30Z', center_id: 'js', queue: null }

type View = Omit<LiveState, 'eventId'>
const nothing = { calls: {}, notices: {} }
const quiet: View = { ...nothing, agents: { [ME]: anAgent(), '8002': anAgent({ agent_id: '8002' }) }, queues: { bill: aQueue() }, myCall: null }

/** What the server would send as a snapshot after each of these; see agent_api/live_view.py. */
const history: { message: LiveMessage; after: View }[] = [
  {
    message: { type: 'state', event_id: 11, kind: 'queue', data: aQueue({ waiting: [{ call_id: 'c', since: '2026-11-21T02:29:00Z', priority: 0, position: 1 }] }) },
    after: { ...nothing, agents: { [ME]: anAgent() }, queues: { bill: aQueue({ waiting: [{ call_id: 'c', since: '2026-11-21T02:29:00Z', priority: 0, position: 1 }] }) }, myCall: null },
  },
  {
    message: { type: 'state', event_id: 12, kind: 'agent', data: anAgent({ state: 'ringing', call_id: call.call_id }) },
    after: { ...nothing, agents: { [ME]: anAgent({ state: 'ringing', call_id: call.call_id }) }, queues: { bill: aQueue({ waiting: [{ call_id: 'c', since: '2026-11-21T02:29:00Z', priority: 0, position: 1 }] }) }, myCall: null },
  },
  {
    message: { type: 'pop', event_id: 13, call },
    after: { ...nothing, agents: { [ME]: anAgent({ state: 'ringing', call_id: call.call_id }) }, queues: { bill: aQueue({ waiting: [{ call_id: 'c', since: '2026-11-21T02:29:00Z', priority: 0, position: 1 }] }) }, myCall: call },
  },
  {
    message: { type: 'state', event_id: 14, kind: 'queue', data: aQueue() },
    after: { ...nothing, agents: { [ME]: anAgent({ state: 'ringing', call_id: call.call_id }) }, queues: { bill: aQueue() }, myCall: call },
  },
  {
    message: { type: 'state', event_id: 15, kind: 'agent', data: anAgent({ agent_id: '8002' }) },
    after: { ...nothing, agents: { [ME]: anAgent({ state: 'ringing', call_id: call.call_id }), '8002': anAgent({ agent_id: '8002' }) }, queues: { bill: aQueue() }, myCall: call },
  },
  {
    message: { type: 'state', event_id: 16, kind: 'agent', data: anAgent({ state: 'wrap_up', call_id: call.call_id }) },
    after: { ...nothing, agents: { [ME]: anAgent({ state: 'wrap_up', call_id: call.call_id }), '8002': anAgent({ agent_id: '8002' }) }, queues: { bill: aQueue() }, myCall: call },
  },
  {
    message: { type: 'state', event_id: 17, kind: 'agent', data: anAgent() },
    after: { ...nothing, agents: { [ME]: anAgent(), '8002': anAgent({ agent_id: '8002' }) }, queues: { bill: aQueue() }, myCall: null },
  },
  {
    message: { type: 'call', event_id: 18, call_id: onFloor.call_id, call: onFloor },
    after: { ...quiet, calls: { [onFloor.call_id]: onFloor } },
  },
  {
    message: { type: 'notice', event_id: 19, notice },
    after: { ...quiet, calls: { [onFloor.call_id]: onFloor }, notices: { 7: notice } },
  },
  {
    message: { type: 'call', event_id: 20, call_id: onFloor.call_id, call: null },
    after: { ...quiet, notices: { 7: notice } },
  },
  {
    message: { type: 'notice_over', event_id: 21, id: '7' },
    after: quiet,
  },
]

const snapshotOf = (state: View, eventId: number): LiveMessage => ({
  type: 'snapshot',
  event_id: eventId,
  data: { agents: Object.values(state.agents), queues: Object.values(state.queues), my_call: state.myCall, calls: Object.values(state.calls), notices: Object.values(state.notices) },
})
const first: View = { ...nothing, agents: { [ME]: anAgent() }, queues: { bill: aQueue() }, myCall: null }
const states = [first, ...history.map((entry) => entry.after)]
const run = (start: LiveState, messages: LiveMessage[]) => messages.reduce((state, message) => apply(state, message, ME), start)

describe('apply(snapshot before, messages) == snapshot after', () => {
  const pairs = states.flatMap((_, from) => states.slice(from).map((__, length) => ({ from, to: from + length })))

  it.each(pairs)('from $from to $to', ({ from, to }) => {
    const before = apply(EMPTY, snapshotOf(states[from] ?? first, 10 + from), ME)
    const after = apply(EMPTY, snapshotOf(states[to] ?? first, 10 + to), ME)
    expect(run(before, history.slice(from, to).map((entry) => entry.message))).toEqual(after)
  })

  it('holds when every message comes twice', () => {
    const before = apply(EMPTY, snapshotOf(first, 10), ME)
    const twice = history.flatMap(({ message }) => [message, message])
    expect(run(before, twice)).toEqual(run(before, history.map((entry) => entry.message)))
  })

  it('holds when old messages come again after a newer snapshot', () => {
    const last = states.length - 1
    const newest = apply(EMPTY, snapshotOf(states[last] ?? first, 10 + last), ME)
    expect(run(newest, history.map((entry) => entry.message))).toEqual(newest)
  })
})

it('another agent going ready leaves my call alone', () => {
  const mine = run(EMPTY, [snapshotOf(first, 1), { type: 'pop', event_id: 2, call }])
  expect(apply(mine, { type: 'state', event_id: 3, kind: 'agent', data: anAgent({ agent_id: '8002' }) }, ME).myCall).toEqual(call)
})

it('a message of a kind we do not know changes nothing but the number', () => {
  const unknown = { type: 'weather', event_id: 9 } as unknown as LiveMessage
  expect(apply(EMPTY, unknown, ME)).toEqual({ ...EMPTY, eventId: 9 })
})
