import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { ElSwitch } from 'element-plus'
import { afterEach, expect, it } from 'vitest'
import { byId, serve, show } from '@/testing/desk'
import { aCatalogue } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import AnnouncementsPage from './AnnouncementsPage.vue'

const notice = { id: 'n1', center: 'js', title: '账务结算期', area: null, place: 'entry', prompts: ['welcome'], barge_in: true, starts_at: null, ends_at: null, days_of_month: [1, 5], active: true }

let page: VueWrapper
afterEach(() => page.unmount())

async function open(notices: unknown) {
  const server = serve({ 'GET /announcements': notices, 'GET /menus/catalogue': aCatalogue(), 'GET /centers': [], 'PUT /announcements/n1': { ...notice, active: false } })
  page = await show(AnnouncementsPage)
  await flushPromises()
  return server
}

it('tells what is said, where and when', async () => {
  await open([notice])
  const table = byId(page, TESTIDS.announcements.table).text()
  expect(table).toContain('每月 1–5 日')
  expect(table).toContain('welcome 的内容')
})

it('is switched off with one press, everything else as it was', async () => {
  const server = await open([notice])
  await page.findComponent(ElSwitch).vm.$emit('update:modelValue', false)
  await flushPromises()
  expect(server.sent('PUT', '/announcements/n1')).toEqual([{ ...notice, active: false }])
})

it.each([[[], TESTIDS.view.empty], [{ status: 500, body: {} }, TESTIDS.view.error]])('says so when there is nothing to show: %j', async (notices, state) => {
  await open(notices)
  expect(byId(page, state).exists()).toBe(true)
})
