// What the wallboard shows, worked out from the live state. Pure: `now` is an argument.
import type { AgentSnapshot, AgentState, QueueSnapshot } from '@/api/types'

export type Severity = 'calm' | 'warn' | 'alarm'

export interface QueueRow {
  queue: string
  title: string
  waiting: number
  longestSeconds: number | null
  expectedSeconds: number | null
  ready: number
  busy: number
  loggedIn: number
  severity: Severity
}

export interface Totals {
  waiting: number
  longestSeconds: number | null
  expectedSeconds: number | null
  ready: number
  busy: number
  paused: number
  loggedIn: number
}

const BUSY: readonly AgentState[] = ['reserved', 'ringing', 'talking', 'held', 'consulting', 'kept', 'wrap_up']
const ORDER: readonly AgentState[] = ['talking', 'held', 'consulting', 'kept', 'ringing', 'reserved', 'wrap_up', 'ready', 'paused', 'logged_out']

export function queueRow(queue: QueueSnapshot, now: number): QueueRow {
  const longest = queue.waiting.length ? Math.max(...queue.waiting.map((call) => age(call.since, now))) : null
  return {
    queue: queue.queue,
    title: queue.title || queue.queue,
    waiting: queue.waiting.length,
    longestSeconds: longest,
    expectedSeconds: queue.expected_wait_seconds,
    ready: queue.agents_ready,
    busy: queue.agents_busy,
    loggedIn: queue.agents_logged_in,
    severity: severity(longest, queue),
  }
}

/** Alarm when somebody waits beyond the queue's service level, or waits and nobody serves the queue. */
function severity(longest: number | null, queue: QueueSnapshot): Severity {
  if (longest === null) return 'calm'
  if (longest > queue.service_level_seconds || queue.agents_logged_in === 0) return 'alarm'
  return longest > queue.service_level_seconds / 2 ? 'warn' : 'calm'
}

export function totals(queues: readonly QueueRow[], agents: readonly AgentSnapshot[]): Totals {
  const count = (states: readonly AgentState[]) => agents.filter((agent) => states.includes(agent.state)).length
  return {
    waiting: queues.reduce((sum, queue) => sum + queue.waiting, 0),
    longestSeconds: greatest(queues.map((queue) => queue.longestSeconds)),
    expectedSeconds: greatest(queues.filter((queue) => queue.loggedIn > 0).map((queue) => queue.expectedSeconds)),
    ready: count(['ready']),
    busy: count(BUSY),
    paused: count(['paused']),
    loggedIn: agents.filter((agent) => agent.state !== 'logged_out').length,
  }
}

/** Who is on a call comes first, who is away last; within a state, by number. */
export function agentsInOrder(agents: readonly AgentSnapshot[]): AgentSnapshot[] {
  return [...agents].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.agent_id.localeCompare(b.agent_id),
  )
}

function greatest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length ? Math.max(...known) : null
}

const age = (start: string, now: number): number => Math.max(0, (now - Date.parse(start)) / 1000)
