import { describe, expect, it } from 'vitest'
import type { AgentState } from '@/api/types'
import { ACTIONS, type Action, whyNot } from './possible'
import { type CallControl, startOf } from './state'

const calm = startOf('c')
const asking: CallControl = { ...calm, consult: { kind: 'agent', id: '8002' } }
const three: CallControl = { ...calm, parties: ['8001', '8002'] }
const possible = (state: AgentState, control: CallControl) => ACTIONS.filter((action) => whyNot(action, { state, control }) === null)
const WHILE_ASKING: Action[] = ['complete', 'conference', 'endConsult', 'help', 'recording']

describe('what can be done', () => {
  it.each<[AgentState, CallControl, Action[]]>([
    ['talking', calm, ['hold', 'transfer', 'consult', 'help', 'recording', 'end']],
    ['held', calm, ['hold', 'transfer', 'consult', 'help', 'recording']],
    ['consulting', asking, WHILE_ASKING],
    // the state is known before the event came
    ['consulting', calm, WHILE_ASKING],
    ['talking', three, ['leave', 'help', 'recording', 'end']],
    ['kept', calm, []],
    ['wrap_up', calm, []],
    ['talking', startOf(''), []],
    ['talking', { ...calm, recording: 'off', helpAsked: true }, ['hold', 'transfer', 'consult', 'end']],
  ])('%s', (state, control, actions) => {
    expect(possible(state, control)).toEqual(actions)
  })

  it('says why not', () => {
    expect(whyNot('transfer', { state: 'consulting', control: asking })).toBe('asking')
    expect(whyNot('end', { state: 'held', control: calm })).toBe('onHold')
    expect(whyNot('hold', { state: 'kept', control: calm })).toBe('kept')
    expect(whyNot('hold', { state: null, control: calm })).toBe('noCall')
  })
})
