import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import ThresholdsPage from './ThresholdsPage.vue'

const ids = TESTIDS.thresholds
let page: VueWrapper
afterEach(() => page.unmount())

it('publishes every row with a reason, over the version it was read from', async () => {
  const rows = [{ name: 'accept', values: [240, 60, 30], above: [240, 60, 30] }, { name: 'severity.amount', values: [1000], above: [1000] }]
  const server = serve({ 'GET /thresholds/js': { center: 'js', version: 4, rows }, 'PUT /thresholds/js': { center: 'js', version: 5, rows } })
  page = await show({ components: { ThresholdsPage }, template: '<ThresholdsPage v-if="ready" />', data: () => ({ ready: false }) })
  useSession().me = aMe({ permissions: ['threshold.edit'] })
  await page.setData({ ready: true })
  await flushPromises()
  expect(byId(page, ids.table).text()).toContain('接单')
  const input = byId(page, `${ids.value}-accept-1`)
  const field = input.element.tagName === 'INPUT' ? input : input.find('input')
  await field.setValue('120')
  await field.trigger('change')
  expect(byId(page, ids.publish).attributes('disabled'), 'without a reason').toBeDefined()
  await byId(page, ids.note).setValue('省公司要求')
  await byId(page, ids.publish).trigger('submit')
  await flushPromises()
  expect(server.sent('PUT', '/thresholds/js')).toEqual([{ rows: [{ name: 'accept', values: [120, 60, 30] }, { name: 'severity.amount', values: [1000] }], note: '省公司要求', based_on: 4 }])
})
