// What the form of an act asks for, and how each answer is given. Pure: the server says which are needed.
import { LEVELS } from './wanted'

export type Kind = 'words' | 'long' | 'choice' | 'center' | 'person' | 'yes' | 'time' | 'category' | 'subtask'

export interface Field {
  name: string
  required: boolean
  kind: Kind
}

const KINDS: Record<string, Kind> = {
  target: 'center', leader: 'person', owner: 'person', result: 'long', until: 'time', due: 'time', category: 'category', level: 'choice', satisfaction: 'choice',
  reason: 'choice', consent: 'yes', contacted: 'yes', tell_customer: 'yes', to_knowledge: 'yes', remote_reset: 'yes',
}

/** Reasons for which a unit returns a ticket, and for which one goes to the centre above. */
export const RETURN_REASONS = ['WRONG_UNIT', 'INFO_MISSING', 'DUPLICATE', 'WRONG_CITY'] as const
export const ESCALATION_REASONS = ['AMOUNT', 'POLICY', 'CROSS_PROVINCE', 'CUSTOMER', 'REPEATED', 'OVERDUE'] as const
export const SATISFACTIONS = ['satisfied', 'neutral'] as const

/** The words a choice is made of, and the group of texts that names them. */
export function choices(event: string, name: string): { values: readonly string[]; words: string } {
  if (name === 'level') return { values: LEVELS, words: 'levels' }
  if (name === 'satisfaction') return { values: SATISFACTIONS, words: 'satisfactions' }
  return event === 'escalate' ? { values: ESCALATION_REASONS, words: 'escalationReasons' } : { values: RETURN_REASONS, words: 'returnReasons' }
}

/** A need with a question mark depends on the ticket, the server refuses when it is missing. The comment has its own place. */
export function fieldsOf(event: string, needs: readonly string[]): Field[] {
  return needs
    .map((need) => ({ name: need.replace('?', ''), required: !need.endsWith('?') }))
    .filter(({ name }) => name !== 'comment')
    .map((field) => ({ ...field, kind: event === 'finish_subtask' && field.name === 'subtask' ? 'subtask' : (KINDS[field.name] ?? 'words') }))
}
