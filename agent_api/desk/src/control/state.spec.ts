import { expect, it } from 'vitest'
import type { ContractEvent } from '@/live/messages'
import { after, fromStory, NO_CALL, startOf } from './state'

const about = { call_id: 'c', at: '2026-11-22T02:00:00Z' }
const play = (...events: object[]) => events.reduce((control: ReturnType<typeof startOf>, event) => after(control, { ...about, ...event } as ContractEvent), startOf('c'))
const consulting = { type: 'call.consulting', agent_id: '8001', to_kind: 'agent', to: '8002' }

it('asks somebody and comes back', () => {
  expect(play(consulting).consult).toEqual({ kind: 'agent', id: '8002' })
  expect(play(consulting, { type: 'call.consult_over', agent_id: '8001', end: 'returned' })).toEqual(startOf('c'))
})

it('a conference ends the question, and ends itself', () => {
  const three = play(consulting, { type: 'call.conference_changed', parties: ['8001', '8002'] })
  expect(three).toMatchObject({ consult: null, parties: ['8001', '8002'] })
  expect(after(three, { ...about, type: 'call.conference_changed', parties: [] })).toEqual(startOf('c'))
})

it.each([['started', 'on'], ['paused', 'paused'], ['resumed', 'on'], ['stopped', 'off']])('recording %s is %s', (state, shown) => {
  expect(play({ type: 'call.recording_changed', state }).recording).toBe(shown)
  expect(fromStory('c', [{ kind: 'recording', how: state }]).recording).toBe(shown)
})

it('is over with the call, and deaf to other calls', () => {
  expect(play({ type: 'call.help_wanted', agent_id: '8001', note: '' }, { type: 'call.ended' })).toBe(NO_CALL)
  const mine = startOf('c')
  expect(after(mine, { ...about, ...consulting, call_id: 'other' } as ContractEvent)).toBe(mine)
})

it('knows from the story what happened before the page was loaded', () => {
  const told = (...kinds: string[]) => fromStory('c', kinds.map((kind) => ({ kind, to: '8002', to_kind: 'agent', parties: ['8001', '8002'] })))
  expect(told('help', 'consulting')).toMatchObject({ helpAsked: true, consult: { kind: 'agent', id: '8002' } })
  expect(told('consulting', 'conference')).toMatchObject({ consult: null, parties: ['8001', '8002'] })
  expect(told('help', 'consulting', 'transferred')).toEqual(startOf('c'))
  expect(told('consulting', 'consult_over', 'spied')).toEqual(startOf('c'))
})
