// Sentences for agents: which moment of the call it is, and what their {names} stand for. Pure.
import type { AgentSnapshot } from '@/api/types'

export type Moment = 'ringing' | 'talking' | 'hold' | 'wrap_up'

const MOMENTS: Partial<Record<AgentSnapshot['state'], Moment>> = {
  reserved: 'ringing', ringing: 'ringing', talking: 'talking', held: 'hold', consulting: 'hold', wrap_up: 'wrap_up',
}

/** Null between calls: then every sentence is shown. */
export const momentOf = (state: AgentSnapshot['state'] | null): Moment | null => (state && MOMENTS[state]) ?? null

/** 张 -> 张先生/女士; a full form that was typed stays as it is. */
export function formOfAddress(name: string, general: string): string {
  if (name === '') return general
  return name.length <= 2 ? `${name}${general}` : name
}

/** What nobody but the agent knows (how many minutes) is a gap to fill while speaking. */
export function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '＿＿')
}
