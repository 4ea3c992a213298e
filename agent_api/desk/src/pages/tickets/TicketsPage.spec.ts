import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { TicketRow } from '@/api/types'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import TicketsPage from './TicketsPage.vue'
import { filterOf, NO_FILTER, wantedOf } from './wanted'

let page: VueWrapper
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

const aRow = (no: number, over: Partial<TicketRow> = {}): TicketRow => ({
  ticket_no: `TS2026112100000${no}`, type: 'complaint', type_title: '投诉', state: 'PROCESSING', state_title: '核查处理', title: `多收费 ${no}`, category: 'T.CHARGE.2', level: 'NORMAL', vip: false, customer_id: null, call_id: null, created_by: '8001', center_id: 'js', target: 'js-nj', owner: '', owner_center: 'js-nj', handling_tier: 'P', leader: '', channel: 'voice', reason_code: '', parent_no: null, merged_into: null, is_regulator: false, overdue: false, priority: 0, due_at: null, legal_due_at: null, external_id: '', external_system: '', round: 1, urge_count: 0, return_count: 0, created_at: '2026-11-21T01:00:00Z', updated_at: '2026-11-21T01:00:00Z', closed_at: null,
  clocks: ['operational', 'legal'].map((id) => ({ id, title: id, limit_seconds: 3600, spent_seconds: 3000, due_at: null, state: 'running', warning: 'yellow' })), ...over,
})
const answers = { 'POST /tickets/search': { items: [1, 2, 3].map((no) => aRow(no)), total: 3 }, 'GET /ticket-views': [], 'GET /centers': [] }
let server: ReturnType<typeof serve>

beforeEach(async () => {
  server = serve({ ...answers, 'POST /tickets/bulk': { done: 1, failed: 1, rows: [{ ticket_no: aRow(1).ticket_no, ok: true }, { ticket_no: aRow(2).ticket_no, ok: false, code: 'ticket.wrong_state', message: '工单当前状态不允许此操作' }] }, 'POST /ticket-views': { id: 'v1' } })
  page = await show(TicketsPage)
  useSession().me = aMe({ agent_no: '8101', permissions: ['ticket.read', 'ticket.urge', 'ticket.export'] })
  await flushPromises()
})

const press = async (key: string) => {
  window.dispatchEvent(new KeyboardEvent('keydown', { key }))
  await flushPromises()
}
const current = () => page.find('[data-current="true"]').attributes('data-ticket-no')

it('shows both clocks of every ticket', () => {
  expect(page.findAll(`[data-testid="${TESTIDS.list.row}"]`)).toHaveLength(3)
  expect(page.findAll('[role="progressbar"]')).toHaveLength(6)
})

it('is worked with the keyboard, and tells for each ticket what became of it', async () => {
  expect(current()).toBe(aRow(1).ticket_no)
  await press('x')
  await press('j')
  expect(current()).toBe(aRow(2).ticket_no)
  await press('x')
  await byId(page, `${TESTIDS.list.bulkAct}-urge`).find('input').setValue(true)
  await byId(page, TESTIDS.list.bulkComment).setValue('再次来电 @8301')
  await byId(page, TESTIDS.list.bulkSubmit).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/tickets/bulk')).toEqual([{ ticket_nos: [aRow(1).ticket_no, aRow(2).ticket_no], event: 'urge', comment: '再次来电 @8301', data: {} }])
  expect(byId(page, TESTIDS.list.bulkResult).text()).toContain(`${aRow(2).ticket_no} 工单当前状态不允许此操作`)
})

it('asks the server for what is looked for, and keeps it as a view', async () => {
  await byId(page, TESTIDS.tickets.search).setValue('滞纳金')
  await byId(page, TESTIDS.tickets.search).trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(server.sent('POST', '/tickets/search').at(-1)).toMatchObject({ text: '滞纳金', limit: 50, offset: 0, overdue: null })
  await byId(page, TESTIDS.list.saveView).trigger('click')
  await byId(page, TESTIDS.list.viewTitle).setValue('滞纳金')
  await byId(page, TESTIDS.list.viewTitle).trigger('submit')
  await flushPromises()
  expect(server.sent('POST', '/ticket-views')).toMatchObject([{ title: '滞纳金', shared: false, wanted: { text: '滞纳金' } }])
})

it('makes of a view the filter it came from', () => {
  const filter = { ...NO_FILTER, types: ['complaint' as const], overdue: true, sort: 'due' as const }
  expect(filterOf(wantedOf(filter))).toEqual(filter)
})
