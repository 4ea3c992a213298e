// Pure: what can be done with the call now; what cannot says why, so that no button is dead without a word.
import type { AgentState } from '@/api/types'
import type { CallControl } from './state'

export const ACTIONS = ['hold', 'transfer', 'consult', 'complete', 'conference', 'endConsult', 'leave', 'help', 'recording', 'end'] as const
export type Action = (typeof ACTIONS)[number]

/** Key of the sentence that says why not; null: possible. */
export type WhyNot = 'noCall' | 'kept' | 'asking' | 'nobodyAsked' | 'inConference' | 'noConference' | 'helpAsked' | 'notRecorded' | 'onHold' | null

export interface Situation {
  state: AgentState | null
  control: CallControl
}

interface View {
  asking: boolean
  together: boolean
  held: boolean
  control: CallControl
}

const withCustomerAlone = ({ asking, together }: View): WhyNot => (asking ? 'asking' : together ? 'inConference' : null)

const RULES: Record<Action, (view: View) => WhyNot> = {
  hold: withCustomerAlone,
  transfer: withCustomerAlone,
  consult: withCustomerAlone,
  complete: ({ asking }) => (asking ? null : 'nobodyAsked'),
  conference: ({ asking, together }) => (together ? 'inConference' : asking ? null : 'nobodyAsked'),
  endConsult: ({ asking }) => (asking ? null : 'nobodyAsked'),
  leave: ({ together }) => (together ? null : 'noConference'),
  help: ({ control }) => (control.helpAsked ? 'helpAsked' : null),
  recording: ({ control }) => (control.recording === 'off' ? 'notRecorded' : null),
  end: ({ asking, held }) => (asking ? 'asking' : held ? 'onHold' : null),
}

const IN_CALL: readonly (AgentState | null)[] = ['talking', 'held', 'consulting', 'kept']

export const isInCall = (state: AgentState | null): boolean => IN_CALL.includes(state)

export function whyNot(action: Action, { state, control }: Situation): WhyNot {
  if (!isInCall(state) || !control.callId) return 'noCall'
  if (state === 'kept') return 'kept'
  return RULES[action]({ asking: state === 'consulting' || control.consult !== null, together: control.parties.length > 0, held: state === 'held', control })
}
