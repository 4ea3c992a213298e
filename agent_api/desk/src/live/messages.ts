// What the server pushes over /api/v1/live. Events are those of acd/contracts/events.py that the desk reads;
// unknown types and fields are ignored, so that an older desk lives with a newer server.
import type { TargetKind } from '@/api/control'
import type { Broadcast, FloorCall } from '@/api/floor'
import type { Mention, TicketAlert } from '@/api/worklists'
import type { AgentSnapshot, AgentState, Call, PauseReason, QueueSnapshot } from '@/api/types'

export interface Snapshot {
  type: 'snapshot'
  event_id: number
  data: {
    agents: AgentSnapshot[]
    queues: QueueSnapshot[]
    my_call: Call | null
    /** Only from servers that show the floor. */
    calls?: FloorCall[]
    notices?: Broadcast[]
  }
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

/** A call with an agent as it is now; null when it is not with the agents any more. */
export interface CallMessage {
  type: 'call'
  event_id: number
  call_id: string
  call: FloorCall | null
}

export type NoticeMessage =
  | { type: 'notice'; event_id: number; notice: Broadcast }
  | { type: 'notice_over'; event_id: number; id: string }

/** A colleague wrote @ and this agent's number. */
export interface MentionMessage {
  type: 'mention'
  event_id: number
  mention: Mention
}

/** Something about a ticket that this person should know. */
export interface AlertMessage {
  type: 'ticket_alert'
  event_id: number
  alert: TicketAlert
}

/** The agent is signed in at another desk now. */
export interface Moved {
  type: 'moved'
  event_id: number
  session: string
}

/** Work of centres this viewer sees has moved. */
export interface Changed {
  type: 'changed'
  event_id: number
  subject: 'work'
}

/** A message to another centre did not arrive, or was refused. */
export interface DeadLetter {
  type: 'dead_letter'
  event_id: number
  center_id: string
  ticket_no: string
  code: string
}

/** What this viewer may see has changed; a snapshot follows. */
export interface Rights {
  type: 'rights'
  event_id: number
}

export interface Ping {
  type: 'ping'
}

export type LiveMessage = Snapshot | StateMessage | Pop | EventMessage | CallMessage | NoticeMessage | MentionMessage | AlertMessage | Moved | Changed | DeadLetter | Rights
export type ServerMessage = LiveMessage | Ping

/** Nobody is forced back to work: the agent and the supervisors are told. */
interface PauseOverdue {
  type: 'agent.pause_overdue'
  at: string
  call_id?: never
  agent_id: string
  reason: PauseReason
  since: string
  due: string
}

interface About<T extends string> {
  type: T
  at: string
  call_id: string
}

interface AboutAgent<T extends string> {
  type: T
  at: string
  call_id: string | null
}

export type ContractEvent =
  | (About<'call.ivr_visited'> & { menu_node: string; key: string; outcome: string })
  | (About<'call.identified'> & { customer_id: string; auth_level: number })
  | (About<'call.password_checked'> & { result: 'pass' | 'fail' | 'locked' })
  | (About<'call.connected'> & { agent_id: string; queue: string; wait_ms: number })
  | (About<'call.resumed'> & { agent_id: string; hold_ms: number })
  | (About<'call.surveyed'> & { satisfaction: number })
  | (About<'call.ended'> & { hangup_side: Call['hangup_side']; talk_ms: number; hold_ms: number; incomplete: boolean })
  | (About<'call.transferred'> & { kind: 'blind' | 'attended' | 'blonde'; by: string; to: string })
  | (About<'call.consulting'> & { agent_id: string; to_kind: TargetKind; to: string })
  | (About<'call.consult_over'> & { agent_id: string; end: 'transferred' | 'conference' | 'returned' | 'not_reached' })
  | (About<'call.conference_changed'> & { parties: string[] })
  | (About<'call.help_wanted'> & { agent_id: string; note: string })
  | (About<'call.taken_over'> & { supervisor: string; agent_id: string })
  | (About<'call.recording_changed'> & { state: 'started' | 'paused' | 'resumed' | 'stopped' })
  | (About<'call.held' | 'call.agent_lost' | 'call.agent_back'> & { agent_id: string })
  | (AboutAgent<'agent.state_changed'> & { agent_id: string; state: AgentState; reason: PauseReason | null; by: string })
  | About<'call.agent_missed' | 'call.abandoned'>
  | PauseOverdue
