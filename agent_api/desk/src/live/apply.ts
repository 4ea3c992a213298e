// Pure: what we knew + one message = what we know now. The same rule as the server's live_view.py, tested as
// apply(snapshot before, messages) == snapshot after.
import type { Broadcast, FloorCall } from '@/api/floor'
import type { AgentSnapshot, AgentState, Call, QueueSnapshot } from '@/api/types'
import type { LiveMessage, Snapshot } from './messages'

export interface LiveState {
  readonly eventId: number
  readonly agents: Readonly<Record<string, AgentSnapshot>>
  readonly queues: Readonly<Record<string, QueueSnapshot>>
  /** The call this agent is in, or is writing up, as it was when it popped up. */
  readonly myCall: Call | null
  /** Calls with agents now, of the centres this viewer supervises. */
  readonly calls: Readonly<Record<string, FloorCall>>
  /** What supervisors tell this viewer. */
  readonly notices: Readonly<Record<string, Broadcast>>
}

export const EMPTY: LiveState = { eventId: 0, agents: {}, queues: {}, myCall: null, calls: {}, notices: {} }

/** Own states that end the concern with a call; it stays through the wrap-up. */
const CALL_IS_OVER: readonly AgentState[] = ['ready', 'paused', 'logged_out']

export function apply(state: LiveState, message: LiveMessage, me: string): LiveState {
  if (message.type === 'snapshot') return fromSnapshot(message)
  // A message may come twice around a reconnect; the second copy says nothing new.
  if (message.event_id <= state.eventId) return state
  const next = { ...state, eventId: message.event_id }
  switch (message.type) {
    case 'state':
      return message.kind === 'queue' ? withQueue(next, message.data) : withAgent(next, message.data, me)
    case 'pop':
      return { ...next, myCall: message.call }
    case 'call':
      return { ...next, calls: replaced(state.calls, message.call_id, message.call) }
    case 'notice':
      return { ...next, notices: replaced(state.notices, message.notice.id, message.notice) }
    case 'notice_over':
      return { ...next, notices: replaced(state.notices, message.id, null) }
    default:
      return next
  }
}

function fromSnapshot({ event_id, data }: Snapshot): LiveState {
  return {
    eventId: event_id,
    agents: Object.fromEntries(data.agents.map((agent) => [agent.agent_id, agent])),
    queues: Object.fromEntries(data.queues.map((queue) => [queue.queue, queue])),
    myCall: data.my_call,
    calls: Object.fromEntries((data.calls ?? []).map((call) => [call.call_id, call])),
    notices: Object.fromEntries((data.notices ?? []).map((notice) => [notice.id, notice])),
  }
}

const withQueue = (state: LiveState, queue: QueueSnapshot): LiveState => ({
  ...state,
  queues: { ...state.queues, [queue.queue]: queue },
})

function withAgent(state: LiveState, agent: AgentSnapshot, me: string): LiveState {
  const agents = { ...state.agents, [agent.agent_id]: agent }
  const over = agent.agent_id === me && CALL_IS_OVER.includes(agent.state)
  return { ...state, agents, myCall: over ? null : state.myCall }
}

/** With the new row of this key, or without any. */
function replaced<T>(rows: Readonly<Record<string, T>>, key: string, row: T | null): Readonly<Record<string, T>> {
  const others = Object.entries(rows).filter(([other]) => other !== key)
  return Object.fromEntries(row === null ? others : [...others, [key, row]])
}
