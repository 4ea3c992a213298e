import { DOMWrapper, flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import AdminPage from './AdminPage.vue'

const ids = TESTIDS.admin
let page: VueWrapper
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

const person = { agent_no: '8001', name: '林晓雯', center_id: 'js', roles: ['agent'], queues: ['bill'], skills: { bill: 5 }, language: 'zh', disabled: false, created_at: '2026-01-01T00:00:00Z', second_factor: false, password_is_initial: false, locked_until: '2026-11-21T03:00:00Z' }
const role = { code: 'agent', title: '客服代表', tiers: 'NPC', permissions: [], second_factor: false }
const inBody = (testId: string) => new DOMWrapper(document.body).get<HTMLElement>(`[data-testid="${testId}"]`)

async function open(answers: Record<string, unknown> = {}) {
  const server = serve({ 'GET /admin/people': { items: [person], total: 1 }, 'GET /admin/roles': [role], 'GET /centers': [{ id: 'js', name: '江苏省客户服务中心', level: 'P' }], ...answers })
  page = await show(AdminPage)
  useSession().me = aMe({ agent_no: '9001', permissions: ['user.read', 'user.manage'] })
  await flushPromises()
  return server
}

it('lists people with their roles and who is locked out', async () => {
  const server = await open()
  expect(byId(page, ids.people).text()).toMatch(/8001.*林晓雯.*客服代表.*已锁定/s)
  await byId(page, ids.search).setValue('小雯')
  await byId(page, ids.search).trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(server.asked().at(-1)).toContain('q=小雯')
})

it('changes a person and sends the fields it does not show changed as they were', async () => {
  const server = await open({ 'PUT /admin/people/8001': person })
  await byId(page, `${ids.edit}-8001`).trigger('click')
  await flushPromises()
  await inBody(ids.name).setValue('林晓')
  await inBody(ids.save).trigger('click')
  await flushPromises()
  expect(server.sent('PUT', '/admin/people/8001')).toMatchObject([{ name: '林晓', roles: ['agent'], queues: ['bill'], skills: { bill: 5 } }])
})
