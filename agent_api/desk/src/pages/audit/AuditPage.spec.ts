import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { byId, serve, show } from '@/testing/desk'
import { TESTIDS } from '@/testids'
import AuditPage from './AuditPage.vue'

const ids = TESTIDS.audit
let page: VueWrapper
afterEach(() => page.unmount())

const entry = (id: number, action: string, other: object = {}) => ({ entry_id: id, at: '2026-11-20T02:00:00Z', actor: '8001', roles: 'agent', center_id: 'js', ip: '10.0.0.1', action, subject: 'customer', subject_id: 'C000007', reason: '', result: 'ok', entry_hash: '', ...other })

async function open(answers: Record<string, unknown> = {}) {
  const server = serve({ 'GET /audit': { items: [entry(9, 'customer.unmask')], next: 9 }, ...answers })
  page = await show(AuditPage)
  await flushPromises()
  return server
}

it('finds entries by person and action and goes on to earlier ones', async () => {
  const server = await open()
  expect(byId(page, ids.table).text()).toContain('查看完整客户信息')
  await byId(page, ids.actor).setValue('8001')
  await byId(page, ids.action).setValue('session.')
  await byId(page, ids.submit).trigger('submit')
  await flushPromises()
  expect(server.asked().at(-1)).toBe('/api/v1/audit?actor=8001&action=session.')
  await byId(page, ids.more).trigger('click')
  await flushPromises()
  expect(server.asked().at(-1)).toContain('before=9')
})

it('says codes in words, the code as a tooltip; what has no word keeps its code', async () => {
  const shown = [entry(8, 'session.failed', { roles: 'agent,security_auditor', subject: 'staff', subject_id: '9002', result: 'denied' }), entry(7, 'new.act', { roles: '', subject: 'new_kind', result: 'new_end' })]
  await open({ 'GET /audit': { items: shown, next: null } })
  const table = byId(page, ids.table)
  for (const word of ['客服代表、安全审计员', '登录失败', '人员 9002', '拒绝', 'new.act', 'new_kind', 'new_end']) expect(table.text()).toContain(word)
  expect(table.find('[title="session.failed"]').text()).toBe('登录失败')
  expect(page.find('datalist option[value="session.failed"]').text()).toBe('登录失败')
})

it('says whether the chain is whole, and where it broke', async () => {
  await open({ 'GET /audit/check': { entries: 120, first_break: null } })
  await byId(page, ids.check).trigger('click')
  await flushPromises()
  expect(byId(page, ids.whole).text()).toContain('120')
  page.unmount()
  await open({ 'GET /audit/check': { entries: 120, first_break: 77 } })
  await byId(page, ids.check).trigger('click')
  await flushPromises()
  expect(byId(page, ids.whole).text()).toContain('第 77 条')
})
