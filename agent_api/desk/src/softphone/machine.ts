// What the telephone can do and when: one transition table per question (am I reachable? what is the call doing?).
// Pure: no SIP, no sound, no clock. sip.ts feeds it facts; the screen shows what it says.

export type Line =
  | 'off' // not started, or signed out
  | 'unavailable' // no account, no microphone interface, no permission
  | 'elsewhere' // another tab owns the telephone
  | 'registering'
  | 'registered'
  | 'refused' // the registrar said no
  | 'lost' // the wire is down; JsSIP retries by itself

export type Phase = 'idle' | 'ringing' | 'dialling' | 'talking' | 'held' | 'ended'

export interface Softphone {
  readonly line: Line
  readonly lineDetail: string
  readonly phase: Phase
  readonly muted: boolean
  readonly callId: string
  readonly party: string
  /** A caller who was kept for us comes back: no new call, so it is answered at once. */
  readonly returning: boolean
  readonly endCause: string
}

export type Fact =
  | { type: 'unavailable'; reason: string }
  | { type: 'owned_elsewhere' }
  | { type: 'connecting' }
  | { type: 'registered' }
  | { type: 'refused'; cause: string }
  | { type: 'disconnected' }
  | { type: 'stopped' }
  | { type: 'incoming'; callId: string; party: string; returning?: boolean }
  | { type: 'dialled'; party: string }
  | { type: 'answered' }
  | { type: 'held' }
  | { type: 'resumed' }
  | { type: 'muted' }
  | { type: 'unmuted' }
  | { type: 'ended'; cause: string }
  | { type: 'cleared' }

export type FactType = Fact['type']

export class Refused extends Error {
  constructor(readonly code: string) {
    super(code)
    this.name = 'Refused'
  }
}

export const INITIAL: Softphone = {
  line: 'off',
  lineDetail: '',
  phase: 'idle',
  muted: false,
  callId: '',
  party: '',
  returning: false,
  endCause: '',
}

/** Facts about reachability. They are possible at any time and never touch the call: media outlives the wire. */
export const LINE: Partial<Record<FactType, Line>> = {
  unavailable: 'unavailable',
  owned_elsewhere: 'elsewhere',
  connecting: 'registering',
  registered: 'registered',
  refused: 'refused',
  disconnected: 'lost',
  stopped: 'off',
}

/** Facts about the call: where each leads from each phase. What is absent cannot happen. */
export const CALL: Record<Phase, Partial<Record<FactType, Phase>>> = {
  idle: { incoming: 'ringing', dialled: 'dialling' },
  ringing: { answered: 'talking', ended: 'ended' },
  dialling: { answered: 'talking', ended: 'ended' },
  talking: { held: 'held', muted: 'talking', unmuted: 'talking', ended: 'ended' },
  held: { resumed: 'talking', muted: 'held', unmuted: 'held', ended: 'ended' },
  ended: { incoming: 'ringing', dialled: 'dialling', cleared: 'idle' },
}

export function step(phone: Softphone, fact: Fact): Softphone {
  const line = LINE[fact.type]
  if (line) return { ...phone, line, lineDetail: detailOf(fact) }
  const phase = CALL[phone.phase][fact.type]
  if (!phase) throw new Refused(`softphone.${fact.type}_while_${phone.phase}`)
  return { ...phone, phase, ...changes(fact) }
}

/** True when the browser must ring. The one source for the ring tone. */
export const isRinging = (phone: Softphone): boolean => phone.phase === 'ringing'

/** True while leaving the page would cut somebody off. */
export const hasCall = (phone: Softphone): boolean => phone.phase !== 'idle' && phone.phase !== 'ended'

function detailOf(fact: Fact): string {
  if (fact.type === 'unavailable') return fact.reason
  return fact.type === 'refused' ? fact.cause : ''
}

function changes(fact: Fact): Partial<Softphone> {
  switch (fact.type) {
    case 'incoming':
      return { callId: fact.callId, party: fact.party, returning: fact.returning ?? false, muted: false, endCause: '' }
    case 'dialled':
      return { callId: '', party: fact.party, returning: false, muted: false, endCause: '' }
    case 'muted':
      return { muted: true }
    case 'unmuted':
      return { muted: false }
    case 'ended':
      return { muted: false, endCause: fact.cause }
    case 'cleared':
      return { callId: '', party: '', returning: false, endCause: '' }
    default:
      return {}
  }
}
