import { DOMWrapper, flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { useLive } from '@/stores/live'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import BulkDialog from './BulkDialog.vue'
import MonitorPage from './MonitorPage.vue'

vi.mock('@/ui/chart', () => ({ VChart: { template: '<div/>' } }))

let page: VueWrapper
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
  vi.useRealTimers()
})

const work = (number: string, colour: string) => ({ kind: 'ticket', number, type: 'complaint', type_title: '投诉', title: '多收费', state: 'PROCESSING', state_title: '核查处理', stage: 'verify', unit: 'js-nj', owner: '', level: 'NORMAL', urges: 0, colour, opened_at: '2026-11-17T02:00:00Z', since: '2026-11-17T03:00:00Z', due_at: '2026-11-19T02:00:00Z' })
const board = {
  at: '2026-11-18T06:00:00Z', total: 2, colours: { none: 0, green: 1, yellow: 0, red: 1 }, types: { complaint: 2 },
  cells: [{ stage: 'verify', unit: 'js-nj', colours: { none: 0, green: 1, yellow: 0, red: 1 } }],
  owners: [{ unit: 'js-nj', owner: '', name: '', colours: { none: 0, green: 1, yellow: 0, red: 1 } }],
  bottlenecks: [{ stage: 'verify', count: 2, red: 1, oldest_seconds: 97_200, typical_seconds: 3600, growth: 2, score: 5 }],
  forecast: [{ hours: 4, due: 0, expected_late: 0 }, { hours: 24, due: 1, expected_late: 1 }, { hours: 48, due: 1, expected_late: 1 }],
}

async function open(answers: Record<string, unknown> = {}) {
  const server = serve({ 'GET /monitor': board, 'GET /monitor/items': { items: [work('TS1', 'red'), work('TS2', 'green')], total: 2 }, 'GET /monitor/history': [], 'GET /centers': [{ id: 'js-nj', name: '南京', level: 'C' }], ...answers })
  page = await show(MonitorPage)
  useSession().me = aMe({ agent_no: '8101', permissions: ['work.read', 'ticket.urge', 'ticket.dispatch'] })
  await flushPromises()
  return server
}

it('shows where work stands, what is stuck and what will be late', async () => {
  await open()
  expect(byId(page, `${TESTIDS.monitor.cell}-verify-js-nj-red`).text()).toBe('1')
  expect(byId(page, `${TESTIDS.monitor.bottleneck}-verify`).text()).toContain('1 天 3 小时')
  expect(byId(page, `${TESTIDS.monitor.forecast}-24`).text()).toContain('预计超时 1')
  expect(byId(page, `${TESTIDS.monitor.row}-TS1`).attributes('data-colour')).toBe('red')
})

it('opens the list behind a figure', async () => {
  const server = await open()
  const before = server.sent('GET', '/monitor/items').length
  await byId(page, `${TESTIDS.monitor.cell}-verify-js-nj-red`).trigger('click')
  await flushPromises()
  expect(server.sent('GET', '/monitor/items')).toHaveLength(before + 1)
})

it('looks again when work has moved, once for many acts', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  const server = await open()
  const before = server.sent('GET', '/monitor').length
  for (let act = 0; act < 5; act += 1) useLive().workChanged += 1
  await flushPromises()
  vi.advanceTimersByTime(2100)
  await flushPromises()
  expect(server.sent('GET', '/monitor')).toHaveLength(before + 1)
})

it('offers acts once something is chosen', async () => {
  await open()
  expect(byId(page, `${TESTIDS.monitor.act}-urge`).attributes('disabled')).toBeDefined()
  expect(byId(page, `${TESTIDS.monitor.act}-supervise`).exists()).toBe(false)
})

it('acts on many at once and says what came of each', async () => {
  const rows = [{ ticket_no: 'TS1', ok: true, state: 'PROCESSING', code: null, message: null }, { ticket_no: 'TS2', ok: false, state: null, code: 'ticket.wrong_state', message: '工单当前状态不允许此操作' }]
  const server = serve({ 'POST /tickets/bulk': { done: 1, failed: 1, rows }, 'GET /centers': [] })
  page = await show(BulkDialog, { act: 'urge', numbers: ['TS1', 'TS2'] })
  await flushPromises()
  const dialog = (testId: string) => new DOMWrapper(document.body).get<HTMLElement>(`[data-testid="${testId}"]`)
  await dialog(TESTIDS.monitor.submit).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/tickets/bulk')).toEqual([{ ticket_nos: ['TS1', 'TS2'], event: 'urge', comment: '', data: {} }])
  expect(dialog(`${TESTIDS.monitor.result}-TS2`).text()).toContain('不允许')
})
