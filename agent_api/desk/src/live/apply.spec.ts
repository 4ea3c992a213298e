import { describe, expect, it } from 'vitest'
import { aCall, anAgent, aQueue } from '@/testing/fixtures'
import { apply, EMPTY, type LiveState } from './apply'
import type { LiveMessage } from './messages'

const ME = '8001'
const call = aCall()

/** What the server would send as a snapshot after each of these; see agent_api/live_view.py. */
const history: { message: LiveMessage; after: Omit<LiveState, 'eventId'> }[] = [
  {
    message: { type: 'state', event_id: 11, kind: 'queue', data: aQueue({ waiting: [{ call_id: 'c', since: '2026-11-21T02:29:00Z', priority: 0, position: 1 }] }) },
    after: { agents: { [ME]: anAgent() }, queues: { bill: aQueue({ waiting: [{ call_id: 'c', since: '2026-11-21T02:29:00Z', priority: 0, position: 1 }] }) }, myCall: null },
  },
  {
    message: { type: 'state', event_id: 12, kind: 'agent', data: anAgent({ state: 'ringing', call_id: call.call_id }) },
    after: { agents: { [ME]: anAgent({ state: 'ringing', call_id: call.call_id }) }, queues: { bill: aQueue({ waiting: [{ call_id: 'c', since: '2026-11-21T02:29:00Z', priority: 0, position: 1 }] }) }, myCall: null },
  },
  {
    message: { type: 'pop', event_id: 13, call },
    after: { agents: { [ME]: anAgent({ state: 'ringing', call_id: call.call_id }) }, queues: { bill: aQueue({ waiting: [{ call_id: 'c', since: '2026-11-21T02:29:00Z', priority: 0, position: 1 }] }) }, myCall: call },
  },
  {
    message: { type: 'state', event_id: 14, kind: 'queue', data: aQueue() },
    after: { agents: { [ME]: anAgent({ state: 'ringing', call_id: call.call_id }) }, queues: { bill: aQueue() }, myCall: call },
  },
  {
    message: { type: 'state', event_id: 15, kind: 'agent', data: anAgent({ agent_id: '8002' }) },
    after: { agents: { [ME]: anAgent({ state: 'ringing', call_id: call.call_id }), '8002': anAgent({ agent_id: '8002' }) }, queues: { bill: aQueue() }, myCall: call },
  },
  {
    message: { type: 'state', event_id: 16, kind: 'agent', data: anAgent({ state: 'wrap_up', call_id: call.call_id }) },
    after: { agents: { [ME]: anAgent({ state: 'wrap_up', call_id: call.call_id }), '8002': anAgent({ agent_id: '8002' }) }, queues: { bill: aQueue() }, myCall: call },
  },
  {
    message: { type: 'state', event_id: 17, kind: 'agent', data: anAgent() },
    after: { agents: { [ME]: anAgent(), '8002': anAgent({ agent_id: '8002' }) }, queues: { bill: aQueue() }, myCall: null },
  },
]

const snapshotOf = (state: Omit<LiveState, 'eventId'>, eventId: number): LiveMessage => ({
  type: 'snapshot',
  event_id: eventId,
  data: { agents: Object.values(state.agents), queues: Object.values(state.queues), my_call: state.myCall },
})
const first = { agents: { [ME]: anAgent() }, queues: { bill: aQueue() }, myCall: null }
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
