// Pure: the floor through the glasses of one queue or one centre.
import type { Floor, FloorAgent, FloorCall } from '@/api/floor'
import type { AgentState } from '@/api/types'

export interface Filter {
  queue: string
  center: string
}

const ORDER: readonly AgentState[] = ['kept', 'held', 'consulting', 'talking', 'ringing', 'reserved', 'wrap_up', 'ready', 'paused', 'logged_out']

export function filtered(floor: Floor, { queue, center }: Filter): Floor {
  const agents = floor.agents.filter((agent) => (!queue || agent.queues.includes(queue)) && (!center || agent.center_id === center))
  return {
    agents: inOrder(agents.filter((agent) => agent.state !== 'logged_out')),
    calls: floor.calls.filter((call) => (!queue || call.queue === queue) && (!center || call.center_id === center)),
    waiting: floor.waiting
      .filter((call) => (!queue || call.queue === queue) && (!center || call.center_id === center))
      .sort((a, b) => a.since.localeCompare(b.since)),
  }
}

const inOrder = (agents: FloorAgent[]): FloorAgent[] =>
  [...agents].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.agent_no.localeCompare(b.agent_no))

/** Who asks for help, the longest first; a call that is over asks for nothing. */
export const helpWanted = (calls: readonly FloorCall[]): FloorCall[] =>
  calls.filter((call) => call.help !== null).sort((a, b) => (a.help?.at ?? '').localeCompare(b.help?.at ?? ''))

export const longestWait = (floor: Floor, now: number): number | null =>
  floor.waiting.length ? Math.max(...floor.waiting.map((call) => Math.max(0, (now - Date.parse(call.since)) / 1000))) : null
