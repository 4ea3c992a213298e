import { expect, it } from 'vitest'
import type { CallDetail, StoryStep } from '@/api/types'
import { byId, serve, show } from '@/testing/desk'
import { aCall } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import { linesOf } from './story'
import StoryTimeline from './StoryTimeline.vue'
import WhyAgent from './WhyAgent.vue'

const step = (over: Partial<StoryStep>): StoryStep => ({ at: '2026-11-21T02:28:30Z', kind: 'help', by: null, to: null, to_kind: null, how: null, queue: null, note: null, seconds: null, parties: [], reason: null, ...over })
const leg = { agent_no: '8001', queue: 'bill', connected_at: '2026-11-21T02:28:00Z', ended_at: null, wait_ms: 50_000, talk_ms: 0, hold_ms: 0, consult_ms: 0 }
const call: CallDetail = {
  ...aCall({ ended_at: '2026-11-21T02:30:00Z', hangup_side: 'customer' }),
  legs: [leg], decisions: [], queue_exit: null, recording: null,
  story: [step({ kind: 'transferred', by: '8001', to: '8002', to_kind: 'agent', how: 'blind', note: '请复查账单' }), step({ kind: 'conference' })],
}

it('tells in order of time, and nothing that says nothing', () => {
  expect(linesOf(call).map((line) => line.kind)).toEqual(['offered', 'queued', 'connected', 'transferred', 'ended'])
})

it('is told in words', async () => {
  serve({ 'GET /centers': [] })
  const view = await show(StoryTimeline, { call })
  const words = byId(view, TESTIDS.calls.story).text()
  for (const part of ['座席 8001 接听（等待 00:50）', '转接到 8002（直接转接）', '请复查账单', '客户挂机']) expect(words).toContain(part)
  view.unmount()
})

it('says why this agent, in the reader\'s language, and shows codes it does not know', async () => {
  serve({ 'GET /centers': [] })
  const why = [{ code: 'relaxed', values: { skill: 'bill', from: '9', to: '5' } }, { code: 'longest_idle', values: { seconds: '31.0' } }, { code: 'moon', values: { phase: 'full' } }]
  const view = await show(WhyAgent, { decisions: [{ at: leg.connected_at, agent_no: '8001', queue: 'bill', text: '', why }] })
  const words = byId(view, TESTIDS.calls.why).text()
  for (const part of ['bill 由 9 级放宽到 5 级', '空闲最久（31.0 秒）', 'moon full']) expect(words).toContain(part)
  view.unmount()
})
