// What the server pushes over /api/v1/live. Events are those of acd/contracts/events.py that the desk reads;
// unknown types and fields are ignored, so that an older desk lives with a newer server.
import type { AgentSnapshot, Call, QueueSnapshot } from '@/api/types'

export interface Snapshot {
  type: 'snapshot'
  event_id: number
  data: { agents: AgentSnapshot[]; queues: QueueSnapshot[]; my_call: Call | null }
}

export type StateMessage =
  | { type: 'state'; event_id: number; kind: 'agent'; data: AgentSnapshot }
  | { type: 'state'; event_id: number; kind: 'queue'; data: QueueSnapshot }

export interface Pop {
  type: 'pop'
  event_id: number
  call: Call
}

export interface EventMessage {
  type: 'event'
  event_id: number
  event: ContractEvent
}

export interface Ping {
  type: 'ping'
}

export type LiveMessage = Snapshot | StateMessage | Pop | EventMessage
export type ServerMessage = LiveMessage | Ping

interface About<T extends string> {
  type: T
  at: string
  call_id: string
}

export type ContractEvent =
  | (About<'call.ivr_visited'> & { menu_node: string; key: string; outcome: string })
  | (About<'call.identified'> & { customer_id: string; auth_level: number })
  | (About<'call.password_checked'> & { result: 'pass' | 'fail' | 'locked' })
  | (About<'call.connected'> & { agent_id: string; queue: string; wait_ms: number })
  | (About<'call.resumed'> & { agent_id: string; hold_ms: number })
  | (About<'call.surveyed'> & { satisfaction: number })
  | (About<'call.ended'> & { hangup_side: Call['hangup_side']; talk_ms: number; hold_ms: number; incomplete: boolean })
  | About<'call.agent_missed' | 'call.abandoned'>
