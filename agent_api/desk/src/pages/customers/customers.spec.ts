import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { TESTIDS } from '@/testids'
import AlarmsPanel from './AlarmsPanel.vue'
import ImportPanel from './ImportPanel.vue'
import RecordDialog from './RecordDialog.vue'
import TimelineList from './TimelineList.vue'
import { wishText } from './wish'

let page: VueWrapper
afterEach(() => page?.unmount())

const moment = (at: string, kind: string, ref: string) => ({ at, kind, ref, title: `标题${ref}`, detail: '', who: '8001', direction: 'in', data: {} })

it('shows the history latest first and goes on where a page ended', async () => {
  const server = serve({ 'GET /customers/C1/timeline': { items: [moment('2026-11-02T00:00:00Z', 'ticket', 'TS1'), moment('2026-11-01T00:00:00Z', 'call', 'c1')], before: '2026-11-01T00:00:00Z' } })
  page = await show(TimelineList, { customerId: 'C1' })
  await flushPromises()
  expect(page.findAll('[data-kind]').map((tag) => tag.attributes('data-kind'))).toEqual(['ticket', 'call'])
  await page.find('button.is-text').trigger('click')
  await flushPromises()
  expect(page.findAll('[data-kind]')).toHaveLength(4)
  expect(server.sent('GET', '/customers/C1/timeline')).toHaveLength(2)
})

it('sends only what was filled in, of the version that was seen', async () => {
  const server = serve({ 'PATCH /customers/C1': [] })
  const customer = { id: 'C1', version: 3, consent: { survey: true }, manager: '' }
  page = await show(RecordDialog, { customer })
  await flushPromises()
  const field = (id: string) => document.querySelector<HTMLInputElement>(`[data-testid="${id}"]`)
  for (const [id, value] of [[TESTIDS.customers.editEmail, 'a@example.cn'], [TESTIDS.customers.editReason, '客户更正']] as const) {
    const input = field(id)
    if (!input) throw new Error(id)
    input.value = value
    input.dispatchEvent(new Event('input'))
  }
  await flushPromises()
  document.querySelector<HTMLButtonElement>(`[data-testid="${TESTIDS.customers.editSave}"]`)?.click()
  await flushPromises()
  expect(server.sent('PATCH', '/customers/C1')).toEqual([{ version: 3, reason: '客户更正', email: 'a@example.cn' }])
})

it('shows who looked, and lets nobody check himself', async () => {
  const alarm = (id: number, agent: string) => ({ id, kind: 'no_contact', at: '2026-11-02T00:00:00Z', agent_no: agent, agent_name: '某', center_id: 'js', customer_id: 'C1', count_today: 1, checked_by: '', checked_at: null, finding: '' })
  serve({ 'GET /access/alarms': { items: [alarm(1, '8001'), alarm(2, '8101')], people: [{ agent_no: '8001', agent_name: '某', count: 1 }] } })
  page = await show(AlarmsPanel)
  useSession().me = { agent_no: '8101', permissions: ['unmask.allow'] } as never
  await flushPromises()
  expect(page.findAll(`[data-testid="${TESTIDS.customers.alarmAllow}"]`)).toHaveLength(0)
  expect(page.findAll('[data-kind="no_contact"]')).toHaveLength(2)
  expect(page.findAll(`[data-testid="${TESTIDS.customers.alarmCheck}"]`)).toHaveLength(1)
})

it('tells how an import went, and what was wrong', async () => {
  const done = { import_id: 'i1', file_name: '客户.csv', dry_run: true, state: 'done', rows: 251, done: 251, created: 250, changed: 0, same: 0, wrong: 1, errors: [{ row: 102, reasons: ['联系电话:不是电话号码'] }], started_by: '8101', started_at: '2026-11-02T00:00:00Z', ended_at: null }
  serve({ 'GET /customer-imports': [done] })
  page = await show(ImportPanel)
  await flushPromises()
  expect(byId(page, TESTIDS.customers.imports).text()).toContain('251/251')
  expect(byId(page, TESTIDS.customers.importStart).attributes('disabled')).toBeDefined()
})

it('puts a wish into words', () => {
  const t = (key: string) => key.split('.').at(-1) ?? ''
  expect(wishText({ level: 'A', blacklisted: true, state: 'GOOD' }, t)).toBe('level A · blacklisted · GOOD')
})
