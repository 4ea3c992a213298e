import { DOMWrapper, flushPromises, type VueWrapper } from '@vue/test-utils'
import { ElMessageBox } from 'element-plus'
import { afterEach, expect, it, vi } from 'vitest'
import type { ApiClient } from '@/api/admin'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import ClientsPanel from './ClientsPanel.vue'

const ids = TESTIDS.clients
let page: VueWrapper
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

const aClient = (over: Partial<ApiClient> = {}): ApiClient => ({ client_id: 'x00001', name: '省网管系统', center_id: 'js', rights: ['create'], created_at: '2026-01-01T00:00:00Z', rotated_at: '2026-01-01T00:00:00Z', disabled: false, token_days: 170, token_standing: 'due', token_too_old: false, old_token_until: null, ...over })
const inBody = (testId: string) => new DOMWrapper(document.body).get<HTMLElement>(`[data-testid="${testId}"]`)

async function open(rows: ApiClient[], permissions: string[], more: Record<string, unknown> = {}) {
  const server = serve({ 'GET /api-clients': rows, 'GET /centers': [{ id: 'js', name: '江苏省客户服务中心', level: 'P' }], 'GET /admin/centers': [{ id: 'js', name: '江苏省客户服务中心', level: 'P', parent_id: 'cn', people: 1, mine: true }], ...more })
  page = await show(ClientsPanel)
  useSession().me = aMe({ permissions: permissions as never })
  await flushPromises()
  return server
}

it('shows a new token once, until it is closed', async () => {
  vi.spyOn(ElMessageBox, 'confirm').mockResolvedValue('confirm' as never)
  const server = await open([aClient()], ['user.api_clients'], { 'POST /api-clients/x00001/rotate': { ...aClient({ token_days: 0, token_standing: 'good' }), token: 'once-only' } })
  await byId(page, `${ids.rotate}-x00001`).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/api-clients/x00001/rotate')).toHaveLength(1)
  expect(byId(page, ids.token).text()).toBe('once-only')
  await page.get('.el-alert__close-btn').trigger('click')
  await flushPromises()
  expect(byId(page, ids.token).exists()).toBe(false)
})

it('does not send a new one before it is complete', async () => {
  const server = await open([aClient()], ['user.api_clients'])
  await byId(page, ids.add).trigger('click')
  await flushPromises()
  await inBody(ids.name).setValue('网管')
  expect(inBody(ids.save).attributes('disabled')).toBeDefined()
  expect(server.sent('POST', '/api-clients')).toHaveLength(0)
})

it('takes a token away after asking', async () => {
  vi.spyOn(ElMessageBox, 'confirm').mockResolvedValue('confirm' as never)
  const server = await open([aClient()], ['user.api_clients'], { 'DELETE /api-clients/x00001': {} })
  await byId(page, `${ids.disable}-x00001`).trigger('click')
  await flushPromises()
  expect(server.sent('DELETE', '/api-clients/x00001')).toHaveLength(1)
})

it('lets an auditor look and nothing more', async () => {
  await open([aClient({ disabled: true })], ['user.read'])
  expect(page.text()).toContain('省网管系统')
  expect([byId(page, ids.add).exists(), byId(page, `${ids.rotate}-x00001`).exists()]).toEqual([false, false])
})
