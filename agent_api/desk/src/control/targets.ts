// Pure: whom a call can go to, as one list to choose from.
import type { Target, Targets } from '@/api/control'
import type { AgentState } from '@/api/types'

export interface Choice {
  target: Target
  title: string
  detail: string
  /** Nobody there who could take it now; it can be tried all the same. */
  quiet: boolean
  state?: AgentState
}

export interface Group {
  kind: Target['kind']
  choices: Choice[]
}

const NUMBER = /^[0-9]{3,15}$/

export function groupsOf(found: Targets, typed: string, me: string): Group[] {
  const agents = found.agents.filter((agent) => agent.id !== me)
  const groups: Group[] = [
    { kind: 'agent', choices: agents.map((agent) => ({ target: { kind: 'agent', id: agent.id }, title: agent.name || agent.id, detail: agent.id, quiet: agent.state !== 'ready', state: agent.state })) },
    { kind: 'queue', choices: found.queues.map((queue) => ({ target: { kind: 'queue', id: queue.id }, title: queue.title, detail: `${queue.waiting} / ${queue.ready}`, quiet: queue.ready === 0 })) },
    { kind: 'center', choices: found.centers.map((center) => ({ target: { kind: 'center', id: center.id }, title: center.name, detail: '', quiet: false })) },
  ]
  const isColleague = found.agents.some((agent) => agent.id === typed)
  if (NUMBER.test(typed) && !isColleague) groups.push({ kind: 'external', choices: [{ target: { kind: 'external', id: typed }, title: typed, detail: '', quiet: false }] })
  return groups.filter((group) => group.choices.length > 0)
}
