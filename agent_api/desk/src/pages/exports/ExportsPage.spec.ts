import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { ElMessageBox } from 'element-plus'
import { afterEach, expect, it, vi } from 'vitest'
import type { Export } from '@/recordings/api'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import ExportsPage from './ExportsPage.vue'

const ids = TESTIDS.exports
let page: VueWrapper
afterEach(() => page.unmount())

const anExport = (over: Partial<Export> = {}): Export => ({ id: 1, call_id: 'n1-1.2', asked_by: '8501', asked_at: '2026-11-22T02:00:00Z', reason: '抽检', state: 'waiting', decided_by: '', decided_at: null, remark: '', mine: false, ready: false, ...over })

async function open(rows: Export[], permissions: string[], more: Record<string, unknown> = {}) {
  const server = serve({ 'GET /recordings/exports': rows, ...more })
  page = await show(ExportsPage)
  useSession().me = aMe({ agent_no: '8101', permissions: permissions as never })
  await flushPromises()
  return server
}

it('lets a supervisor decide on what somebody else asked for', async () => {
  vi.spyOn(ElMessageBox, 'prompt').mockResolvedValue({ value: '同意', action: 'confirm' } as never)
  const server = await open([anExport(), anExport({ id: 2, mine: true })], ['recording.approve'], { 'POST /recordings/exports/1/decision': anExport({ state: 'granted' }) })
  expect(byId(page, `${ids.grant}-2`).exists()).toBe(false)
  await byId(page, `${ids.grant}-1`).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/recordings/exports/1/decision')).toEqual([{ granted: true, remark: '同意' }])
})

it('offers the file to who asked, once it was granted and for a week', async () => {
  await open([anExport({ state: 'granted', mine: true, ready: true }), anExport({ id: 2, state: 'granted', mine: true })], ['recording.export'])
  expect([byId(page, `${ids.take}-1`).exists(), byId(page, `${ids.take}-2`).exists(), byId(page, `${ids.grant}-1`).exists()]).toEqual([true, false, false])
  expect(page.text()).toContain('已过期')
})
