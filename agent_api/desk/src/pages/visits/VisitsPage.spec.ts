import { DOMWrapper, flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import { customerIds, missing } from './look'
import VisitsPage from './VisitsPage.vue'

let page: VueWrapper
afterEach(() => {
  page?.unmount()
  document.body.innerHTML = ''
})

const visit = (more: Record<string, unknown> = {}) => ({ visit_no: 'HF1', rule_id: 'care', rule_title: '客户关怀回访', subject_kind: 'ticket', subject_no: 'TS1', title: '多收费', customer_id: 'C000001', contact_masked: '139****0001', center_id: 'js', first_owner: '8001', priority: 0, state: 'PLANNED', result: '', agent_no: '', attempts: 0, planned_at: '2026-11-18T02:00:00Z', next_at: '2026-11-18T03:00:00Z', due_at: '2026-11-20T02:00:00Z', overdue: false, closed_at: null, answers: {}, follow_up: '', history: [], questions: ['处理结果是否认可'], ...more })
const taken = visit({ state: 'CALLING', agent_no: '8001' })
const dialog = (testId: string) => new DOMWrapper(document.body).get<HTMLElement>(`[data-testid="${testId}"]`)

async function open(answers: Record<string, unknown> = {}, at = '/') {
  const server = serve({ 'GET /visits': { items: [visit()], total: 1 }, 'GET /visits/figures': [], 'GET /centers': [], 'POST /visits/next': taken, ...answers })
  page = await show(VisitsPage, {}, at)
  useSession().me = aMe({ agent_no: '8001', permissions: ['visit.work'] })
  await flushPromises()
  return server
}

it('lists what is to be called and hides what one may not do', async () => {
  await open()
  expect(byId(page, `${TESTIDS.visits.row}-HF1`).attributes('data-state')).toBe('PLANNED')
  expect(byId(page, TESTIDS.visits.plan).exists()).toBe(false)
  expect(page.text()).toContain('139****0001')
})

it('takes the next one with a key and records what the customer said', async () => {
  const server = await open({ 'POST /visits/HF1/result': visit({ state: 'DONE', result: 'satisfied' }), 'POST /visits/HF1/call': { number: '13900000001' } })
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'n' }))
  await flushPromises()
  expect(dialog(TESTIDS.visits.submit).attributes('disabled')).toBeDefined()
  await dialog(TESTIDS.visits.call).trigger('click')
  await flushPromises()
  expect(document.body.textContent).toContain('13900000001')
  await dialog(`${TESTIDS.visits.outcome}-satisfied`).get('input').setValue(true)
  await dialog(TESTIDS.visits.submit).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/visits/HF1/result')).toEqual([{ outcome: 'satisfied', comment: '', answers: {}, next_at: null }])
})

it('asks for words and times where they are needed', () => {
  expect([missing('', '', ''), missing('dissatisfied', ' ', ''), missing('later', '', ''), missing('busy', '', '')]).toEqual(['outcome', 'comment', 'time', ''])
  expect(customerIds('C1, C2\nC1；C3')).toEqual(['C1', 'C2', 'C3'])
})

it('opens the one that the pool sent somebody to', async () => {
  const server = await open({ 'GET /visits/HF1': taken }, '/?open=HF1')
  expect(server.sent('GET', '/visits/HF1')).toHaveLength(1)
  expect(dialog(TESTIDS.visits.dialog).attributes('data-state')).toBe('CALLING')
})
