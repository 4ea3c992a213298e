import { describe, expect, it } from 'vitest'
import { CALL, type Fact, type FactType, hasCall, INITIAL, isRinging, LINE, type Phase, Refused, type Softphone, step } from './machine'

const FACTS: Record<FactType, Fact> = {
  unavailable: { type: 'unavailable', reason: 'no_microphone' },
  owned_elsewhere: { type: 'owned_elsewhere' },
  connecting: { type: 'connecting' },
  registered: { type: 'registered' },
  refused: { type: 'refused', cause: 'Rejected' },
  disconnected: { type: 'disconnected' },
  stopped: { type: 'stopped' },
  incoming: { type: 'incoming', callId: 'n1-1.1', party: '139****0001' },
  dialled: { type: 'dialled', party: '*43' },
  answered: { type: 'answered' },
  held: { type: 'held' },
  resumed: { type: 'resumed' },
  muted: { type: 'muted' },
  unmuted: { type: 'unmuted' },
  ended: { type: 'ended', cause: 'Terminated' },
  cleared: { type: 'cleared' },
}
const PHASES = Object.keys(CALL) as Phase[]
const KINDS = Object.keys(FACTS) as FactType[]
const every = PHASES.flatMap((phase) => KINDS.map((kind) => ({ phase, kind })))
const inPhase = (phase: Phase): Softphone => ({ ...INITIAL, line: 'registered', phase, callId: 'n1-9.9' })
const play = (...kinds: FactType[]) => kinds.reduce((phone, kind) => step(phone, FACTS[kind]), INITIAL)

describe('every phase with every fact', () => {
  it.each(every)('$phase + $kind', ({ phase, kind }) => {
    const before = inPhase(phase)
    const to = CALL[phase][kind]
    if (LINE[kind]) expect(step(before, FACTS[kind])).toMatchObject({ line: LINE[kind], phase, callId: before.callId })
    else if (to) expect(step(before, FACTS[kind]).phase).toBe(to)
    else expect(() => step(before, FACTS[kind])).toThrow(Refused)
  })

  it('a refusal has a stable code', () => {
    expect(() => step(INITIAL, FACTS.held)).toThrow('softphone.held_while_idle')
  })
})

describe('a call', () => {
  it('rings only while it may be answered', () => {
    expect(isRinging(play('registered', 'incoming'))).toBe(true)
    expect(isRinging(play('registered', 'incoming', 'answered'))).toBe(false)
    expect(isRinging(play('registered', 'incoming', 'ended'))).toBe(false)
  })

  it('outlives the wire', () => {
    const phone = play('registered', 'incoming', 'answered', 'disconnected', 'connecting')
    expect(phone).toMatchObject({ line: 'registering', phase: 'talking', callId: 'n1-1.1' })
    expect(hasCall(phone)).toBe(true)
  })

  it('forgets mute with the call', () => {
    expect(play('registered', 'incoming', 'answered', 'muted').muted).toBe(true)
    expect(play('registered', 'incoming', 'answered', 'muted', 'ended').muted).toBe(false)
  })

  it('may follow another before the first was cleared from the screen', () => {
    expect(play('registered', 'incoming', 'ended', 'incoming')).toMatchObject({ phase: 'ringing', endCause: '' })
  })

  it('leaves nothing behind when cleared', () => {
    expect(play('registered', 'dialled', 'answered', 'ended', 'cleared')).toEqual({ ...INITIAL, line: 'registered' })
  })
})
