import { DOMWrapper, flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import RetentionPage from './RetentionPage.vue'

let page: VueWrapper
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

const dialog = (testId: string) => new DOMWrapper(document.body).get<HTMLElement>(`[data-testid="${testId}"]`)

it('changes a centre only with a reason', async () => {
  const row = { center_id: 'js', name: '江苏省客户服务中心', days: 365, own: true, changed_by: '9001', changed_at: '2026-11-01T00:00:00Z' }
  const server = serve({ 'GET /recordings/retention': [row], 'PUT /recordings/retention': [row] })
  page = await show(RetentionPage)
  useSession().me = aMe({ permissions: ['retention.write'] })
  await flushPromises()
  expect(byId(page, TESTIDS.retention.table).text()).toContain('365 天')
  await byId(page, `${TESTIDS.retention.change}-js`).trigger('click')
  await flushPromises()
  expect(dialog(TESTIDS.retention.submit).attributes('disabled')).toBeDefined()
  await dialog(TESTIDS.retention.reason).setValue('省公司规定')
  await dialog(TESTIDS.retention.submit).trigger('click')
  await flushPromises()
  expect(server.sent('PUT', '/recordings/retention')).toEqual([{ center_id: 'js', days: 365, reason: '省公司规定' }])
})
