import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { EMPTY } from '@/live/apply'
import { useLive } from '@/stores/live'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe, aQueue } from '@/testing/fixtures'
import { aFloor, aFloorCall } from '@/testing/floor'
import { TESTIDS } from '@/testids'
import FloorPage from './FloorPage.vue'

const chimed = vi.hoisted(() => vi.fn())
vi.mock('@/ui/chime', () => ({ chime: chimed }))

let page: VueWrapper
beforeEach(() => localStorage.clear())
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

async function open(answers: Record<string, unknown> = {}, calls = [aFloorCall()]) {
  const server = serve({ 'GET /floor': aFloor(), 'GET /centers': [], 'GET /wallboard': { at: '', kpis: [], agents: [], queues: [] }, 'GET /calls/missed': { items: [] }, ...answers })
  page = await show(FloorPage)
  useSession().me = aMe({ agent_no: '8101', permissions: ['floor.supervise', 'callback.work'] })
  useLive().state = { ...EMPTY, eventId: 1, queues: { bill: aQueue() }, calls: Object.fromEntries(calls.map((call) => [call.call_id, call])) }
  await flushPromises()
  return server
}

const yes = async () => {
  document.querySelector<HTMLElement>('.el-message-box .el-button--primary')?.click()
  await flushPromises()
}

it('shows who talks, who waits and who is there', async () => {
  await open()
  expect(byId(page, `${TESTIDS.floor.call}-8002`).text()).toContain('139****0001')
  expect(byId(page, TESTIDS.floor.waitingRow).text()).toContain('话费业务')
  expect(byId(page, `${TESTIDS.floor.agent}-8001`).attributes('data-state')).toBe('ready')
  expect(byId(page, `${TESTIDS.floor.alarm}-longest`).attributes('data-severity')).toBe('alarm')
})

it('listens at once, but asks before the customer would hear it', async () => {
  const spy = '/supervision/calls/n1-1.1/spy'
  const server = await open({ [`POST ${spy}`]: {} })
  await byId(page, `${TESTIDS.floor.spy}-listen`).trigger('click')
  await flushPromises()
  expect(server.sent('POST', spy)).toEqual([{ mode: 'listen' }])
  await byId(page, `${TESTIDS.floor.spy}-barge`).trigger('click')
  await flushPromises()
  expect(server.sent('POST', spy)).toHaveLength(1)
  await yes()
  expect(server.sent('POST', spy)[1]).toEqual({ mode: 'barge' })
})

it('puts help on top, with a sound', async () => {
  await open({}, [aFloorCall({ help: { note: '客户要求主管', at: '2026-11-21T02:29:30Z' } })])
  expect(byId(page, TESTIDS.floor.helpRow).text()).toContain('客户要求主管')
  expect(chimed).toHaveBeenCalled()
})

it('closes a queue only when that is meant', async () => {
  const closed = '/supervision/queues/bill/closed'
  const server = await open({ [`POST ${closed}`]: {} })
  await byId(page, `${TESTIDS.floor.close}-bill`).trigger('click')
  await flushPromises()
  expect(server.sent('POST', closed)).toEqual([])
  await yes()
  expect(server.sent('POST', closed)).toEqual([{ closed: true }])
})

it('calls a missed caller back with one press', async () => {
  const row = { call_id: 'n1-7.7', at: '2026-11-21T02:00:00Z', queue: 'bill', stage: 'queue', wait_ms: 40_000, caller_masked: '139****0009', customer: null, times: 1, called_back: false, callback_state: null }
  const server = await open({ 'GET /calls/missed': { items: [row] }, 'POST /callbacks': { callback_id: 'x' } })
  await byId(page, `${TESTIDS.floor.callBack}-n1-7.7`).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/callbacks')).toEqual([{ queue: 'bill', call_id: 'n1-7.7' }])
})

it('says so when it may not be seen', async () => {
  await open({ 'GET /floor': { status: 403, body: { code: 'auth.forbidden', message: '您没有此项权限', detail: {} } } })
  expect(byId(page, TESTIDS.view.error).exists()).toBe(true)
})

it('says whom one hears, and that listening goes on when the call is transferred', async () => {
  const listening = (hears: string | null) => [{ supervisor: '8101', mode: 'listen' as const, hears }]
  await open({}, [aFloorCall({ spies: listening('8002') })])
  expect(byId(page, TESTIDS.floor.mine).text()).toContain('正在听座席 8002 与客户 王*')
  expect(byId(page, `${TESTIDS.floor.call}-8002`).text()).toContain('8101 监听 8002')

  useLive().state = { ...useLive().state, calls: { 'n1-1.1': aFloorCall({ state: 'waiting', agent_no: null, spies: listening(null) }) } }
  await flushPromises()
  expect(byId(page, TESTIDS.floor.mine).text()).toContain('接通后自动继续监听')
})
