import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import type { AgentState } from '@/api/types'
import { EMPTY } from '@/live/apply'
import type { ContractEvent } from '@/live/messages'
import { useLive } from '@/stores/live'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aCall, aMe, anAgent } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import ControlBar from './ControlBar.vue'

const call = aCall()
const at = `/calls/${call.call_id}`
const targets = { agents: [{ id: '8002', name: '王海', center: 'js', state: 'ready', queues: ['bill'] }], queues: [], centers: [] }

let bar: VueWrapper
afterEach(() => bar.unmount())

async function open(state: AgentState, story: object[] = []) {
  const server = serve({
    'GET /targets': targets, [`GET ${at}`]: { ...call, story }, [`POST ${at}/consult`]: {}, [`POST ${at}/transfer`]: {}, [`POST ${at}/hold`]: {}, [`POST ${at}/resume`]: {}, [`POST ${at}/end`]: {},
    [`POST ${at}/conference`]: { status: 409, body: { code: 'call.wrong_state', message: '通话当前状态不允许此操作', detail: {} } },
  })
  bar = await show(ControlBar)
  useSession().me = aMe()
  useLive().state = { ...EMPTY, eventId: 1, agents: { 8001: anAgent({ state, call_id: call.call_id }) }, myCall: call }
  await flushPromises()
  return server
}

const button = (action: string) => byId(bar, `${TESTIDS.control.button}-${action}`)
const press = async (action: string) => {
  await button(action).trigger('click')
  await flushPromises()
}
const isDead = (action: string) => button(action).attributes('disabled') !== undefined
const tell = async (event: object) => {
  useLive().lastEvent = { call_id: call.call_id, at: call.offered_at, ...event } as ContractEvent
  await flushPromises()
}
const inDialog = (testId: string) => document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)

it('is not there without a call', async () => {
  await open('wrap_up')
  expect(byId(bar, TESTIDS.control.bar).exists()).toBe(false)
})

it('asks somebody, and then can do what comes after asking', async () => {
  const server = await open('talking')
  await press('consult')
  inDialog(`${TESTIDS.control.target}-8002`)?.click()
  await flushPromises()
  expect(server.sent('POST', `${at}/consult`)).toEqual([{ to: { kind: 'agent', id: '8002' } }])
  expect(isDead('complete')).toBe(true)
  await tell({ type: 'call.consulting', agent_id: '8001', to_kind: 'agent', to: '8002' })
  expect([isDead('complete'), isDead('transfer')]).toEqual([false, true])
  expect(byId(bar, TESTIDS.control.story).text()).toContain('8002')
  expect(button('transfer').attributes('aria-label')).toContain('正在咨询')
})

it('holds a telephone on the desk by command', async () => {
  const server = await open('talking')
  await press('hold')
  useLive().state = { ...useLive().state, agents: { 8001: anAgent({ state: 'held', call_id: call.call_id }) } }
  await flushPromises()
  await press('hold')
  expect([server.sent('POST', `${at}/hold`).length, server.sent('POST', `${at}/resume`).length]).toEqual([1, 1])
})

it('knows after a reload that somebody is being asked', async () => {
  await open('consulting', [{ at: call.offered_at, kind: 'consulting', by: '8001', to: '8002', to_kind: 'agent' }])
  expect(byId(bar, TESTIDS.control.bar).attributes('data-consult')).toBe('8002')
})

it('says it when the call distribution refuses', async () => {
  await open('consulting')
  await press('conference')
  expect(document.body.textContent).toContain('通话当前状态不允许此操作')
})
