// The table of queues, as acd/contracts/routing.py has it, defaults written out. Durations in seconds. Pure.

export const STRATEGIES = ['longest_idle', 'least_occupied', 'round_robin'] as const
export const CONDITIONS = ['always', 'no_agent', 'none_ready', 'expected_wait_over', 'waiting_per_agent_over'] as const
export const WAYS = ['queue', 'callback', 'message', 'menu', 'goodbye'] as const
export const REACHES = [0, 1, 2] as const

export type Strategy = (typeof STRATEGIES)[number]
export type Condition = (typeof CONDITIONS)[number]
export type WayKind = (typeof WAYS)[number]

/** Conditions that compare with a figure. */
export const WITH_FIGURE: readonly Condition[] = ['expected_wait_over', 'waiting_per_agent_over']

export interface Relax {
  after_seconds: number
  /** 0: not asked for any more. */
  level: number
}

export interface SkillNeed {
  skill: string
  level: number
  required: boolean
  relax: readonly Relax[]
}

export interface Opening {
  days: readonly number[]
  begins: string
  ends: string
}

export interface Circle {
  after_seconds: number
  /** 0 the caller's own centre, 1 its province, 2 all. */
  reach: number
}

export interface Overflow {
  to_queue: string
  after_seconds: number
  when: Condition
  threshold: number
}

export interface Way {
  kind: WayKind
  queue: string
}

export interface CallbackRule {
  by_key: boolean
  offer_after_seconds: number | null
  offer_when_wait_over_seconds: number | null
  agent_first: boolean
  attempts: number
  gap_seconds: number
  expires_seconds: number
  most_waiting: number
}

export interface QueueRule {
  name: string
  title: string
  title_en: string
  skills: readonly SkillNeed[]
  strategy: Strategy
  base_priority: number
  seconds_per_priority: number
  last_agent_seconds: number
  circles: readonly Circle[]
  overflows: readonly Overflow[]
  most_talking: number | null
  reserve: number
  reserve_below_priority: number
  most_waiting: number | null
  longest_wait_seconds: number | null
  hours: { openings: readonly Opening[]; closed_on_holidays: boolean }
  when_closed: Way
  when_full: Way
  when_no_agent: Way | null
  when_too_long: Way
  callback: CallbackRule | null
  ring_seconds: number
  misses: number
  wrap_up_seconds: number
  announce_every_seconds: number
  comfort_every_seconds: number
  service_level_seconds: number
  record: boolean
}

export interface PauseLimit {
  reason: string
  most_agents: number | null
  longest_seconds: number | null
}

export interface Priorities {
  vip: number
  emergency: number
  complaint: number
  repeated_within_24h: number
  after_callback: number
}

export interface RoutingTable {
  version: number
  timezone: string
  holidays: readonly string[]
  queues: readonly QueueRule[]
  parents: Readonly<Record<string, string>>
  priorities: Priorities
  pause_limits: readonly PauseLimit[]
  kept_seconds: number
}

/** The four places where a caller who cannot wait is sent on. */
export const WAY_FIELDS = ['when_closed', 'when_full', 'when_no_agent', 'when_too_long'] as const
export type WayField = (typeof WAY_FIELDS)[number]

export const NAME = /^[a-z][a-z0-9_-]{0,39}$/

export const CALLBACK: CallbackRule = {
  by_key: true, offer_after_seconds: 60, offer_when_wait_over_seconds: null, agent_first: false, attempts: 3, gap_seconds: 600, expires_seconds: 14_400, most_waiting: 200,
}

const MESSAGE: Way = { kind: 'message', queue: '' }

/** A queue as simple as can be. */
export const newQueue = (name: string, title: string): QueueRule => ({
  name, title, title_en: '', skills: [{ skill: name, level: 1, required: true, relax: [] }], strategy: 'longest_idle', base_priority: 0, seconds_per_priority: 10,
  last_agent_seconds: 0, circles: [{ after_seconds: 0, reach: 2 }], overflows: [], most_talking: null, reserve: 0, reserve_below_priority: 10, most_waiting: null,
  longest_wait_seconds: null, hours: { openings: [], closed_on_holidays: false }, when_closed: MESSAGE, when_full: MESSAGE, when_no_agent: null, when_too_long: MESSAGE,
  callback: null, ring_seconds: 15, misses: 1, wrap_up_seconds: 60, announce_every_seconds: 30, comfort_every_seconds: 0, service_level_seconds: 15, record: true,
})
