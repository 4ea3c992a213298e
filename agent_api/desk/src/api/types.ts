// The words of the HTTP interface that the desk uses. Money is text ("128.50"), times are ISO 8601 in UTC.

export interface Me {
  agent_no: string
  name: string
  roles: string[]
  permissions: string[]
  center: { id: string; name: string; level: 'N' | 'P' | 'C' }
  queues: string[]
  language: 'zh' | 'en'
}

export interface SoftphoneAccount {
  ws_url: string
  sip_user: string
  sip_password: string
  domain: string
}

export type AgentState =
  | 'logged_out'
  | 'ready'
  | 'reserved'
  | 'ringing'
  | 'talking'
  | 'held'
  | 'wrap_up'
  | 'paused'

export type PauseReason =
  | 'break'
  | 'training'
  | 'meeting'
  | 'meal'
  | 'quality'
  | 'back_office'
  | 'system'
  | 'rona'
  | 'unreachable'

export interface AgentSnapshot {
  at: string
  agent_id: string
  name: string
  center_id: string
  state: AgentState
  reason: PauseReason | null
  since: string
  call_id: string | null
  queues: string[]
  wrap_up_until: string | null
}

export interface WaitingCall {
  call_id: string
  since: string
  priority: number
  position: number
}

export interface QueueSnapshot {
  at: string
  queue: string
  title: string
  waiting: WaitingCall[]
  expected_wait_seconds: number | null
  agents_logged_in: number
  agents_ready: number
  agents_busy: number
  service_level_seconds: number
}

export interface IvrStep {
  node: string
  key: string
  outcome: string
  at: string
}

export interface Call {
  call_id: string
  direction: 'inbound' | 'outbound'
  did: string
  queue: string | null
  caller_masked: string
  caller_number: string | null
  customer_id: string | null
  auth_level: number
  offered_at: string
  queued_at: string | null
  connected_at: string | null
  ended_at: string | null
  wait_ms: number | null
  talk_ms: number
  hold_ms: number
  agent_no: string | null
  ivr_path: IvrStep[]
  decision: string
  satisfaction: number | null
  ended: boolean
  hangup_side: 'customer' | 'agent' | 'system' | null
  disposition: string | null
  disposition_title: string | null
  notes: string
  resolved: boolean | null
  ticket_nos: string[]
  incomplete: boolean
}

// A type, not an interface: the cascader wants an index signature, which interfaces do not have.
export type ContactReason = {
  code: string
  title: string
  children: ContactReason[]
}

export interface CustomerRow {
  id: string
  name_masked: string
  number_masked: string
  level: string
  star_level: number
  center: string
}

export interface Product {
  type: string
  number_masked: string
  plan: string
  status: string
}

export interface LastContact {
  at: string
  channel: string
  summary: string
  agent_no: string | null
  call_id: string | null
}

export interface OpenTicket {
  ticket_no: string
  type: TicketType
  title: string
  state: string
  created_at: string
}

export interface Customer extends CustomerRow {
  is_senior: boolean
  language: string
  products: Product[]
  arrears: string
  credit_level: string
  open_tickets: OpenTicket[]
  last_contacts: LastContact[]
}

export interface BillComponent {
  name: string
  amount: string
}

export interface Bill {
  product: string
  number_masked: string
  month: string
  total: string
  paid: string
  components: BillComponent[]
  due_date: string
  status: string
}

export interface Clock {
  id: string
  title: string
  limit_seconds: number
  spent_seconds: number
  due_at: string | null
  state: 'running' | 'paused' | 'stopped'
  warning: 'none' | 'info' | 'yellow' | 'red' | 'escalate' | 'supervise'
}

export type TicketType = 'complaint' | 'consult'
export type TicketLevel = 'NORMAL' | 'URGENT' | 'MAJOR'

export interface TicketRow {
  ticket_no: string
  type: TicketType
  state: string
  title: string
  category: string
  level: TicketLevel
  vip: boolean
  customer_id: string | null
  call_id: string | null
  created_by: string
  target: string
  round: number
  urge_count: number
  return_count: number
  created_at: string
  updated_at: string
  closed_at: string | null
  clocks: Clock[]
}

export interface TimelineEntry {
  seq: number
  event: string
  from_state: string
  to_state: string
  at: string
  actor: string
  role: string
  comment: string
  data: Record<string, string>
}

export interface AllowedEvent {
  event: string
  title: string
  /** Fields to fill in; "?" marks those needed at times. */
  needs: string[]
}

export interface Ticket extends TicketRow {
  description: string
  contact_masked: string
  contact_number: string | null
  repeat_of: string | null
  result: string
  duty_reason: string
  timeline: TimelineEntry[]
  allowed_events: string[]
}

export interface NewTicket {
  type: TicketType
  call_id?: string
  customer_id?: string
  title: string
  description: string
  category: string
  contact_number?: string
  level?: TicketLevel
}

export interface Kpi {
  id: string
  title: string
  value: number | null
  numerator: number | null
  denominator: number | null
  unit: '%' | 's' | 'count'
  target: { op: string; value: number; upper: number | null } | null
  met: boolean | null
  formula: string
  version: number
}

export interface Wallboard {
  queues: QueueSnapshot[]
  agents: AgentSnapshot[]
  kpis: Kpi[]
  as_of: string
}

export interface Interval {
  start: string
  offered: number
  queued: number
  answered: number
  abandoned: number
  answered_15s: number
  incomplete: boolean
}

export interface DunningCase {
  case_id: string
  customer_id: string
  name_masked: string
  number_masked: string
  owed: string
  stage: string
  state: string
  dispute_ticket: string | null
  days_overdue: number
  last_result: string | null
  next_allowed_at: string | null
}

export interface DunningAttempt {
  attempt_id: string
  requested_by: string
  requested_at: string
  code: string | null
  rule: string | null
  talk_ms: number | null
}
