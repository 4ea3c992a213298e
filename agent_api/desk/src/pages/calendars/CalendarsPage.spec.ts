import { DOMWrapper, flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import CalendarsPage from './CalendarsPage.vue'
import { months, pasted } from './days'

const ids = TESTIDS.calendars
let page: VueWrapper | undefined
afterEach(() => {
  page?.unmount()
  document.body.innerHTML = ''
})

const day = (of: string, works: boolean) => ({ day: of, works, own: false, published: true })

it('puts days under their weekday', () => {
  const [january] = months([day('2027-01-01', false), day('2027-01-02', false), day('2027-01-03', false), day('2027-01-04', true)])
  expect(january?.weeks.map((week) => week.map((each) => each?.day.slice(8) ?? ''))).toEqual([
    ['', '', '', '', '01', '02', '03'],
    ['04', '', '', '', '', '', ''],
  ])
})

it('reads a pasted list and says which lines it cannot read', () => {
  expect(pasted('2027-02-10,休,春节\n\n2027-02-14，班，调休\n2027-02-30,休,没有这天\n2027-03-01,休').rows).toEqual([
    { day: '2027-02-10', works: false, reason: '春节' },
    { day: '2027-02-14', works: true, reason: '调休' },
  ])
  expect(pasted('2027-02-30,休,没有这天\n2027-03-01,休').wrong).toEqual([1, 2])
})

it('changes one day with a reason, and takes a list over at once', async () => {
  const server = serve({ 'GET /working-days/js': [day('2026-11-23', true)], 'GET /working-days/js/exceptions': [], 'PUT /working-days/js/exceptions/2026-11-23': {}, 'POST /working-days/js/import': [] })
  page = await show({ components: { CalendarsPage }, template: '<CalendarsPage v-if="ready" />', data: () => ({ ready: false }) })
  useSession().me = aMe({ permissions: ['calendar.edit'] })
  await page.setData({ ready: true })
  await flushPromises()
  await byId(page, `${ids.day}-2026-11-23`).trigger('click')
  await flushPromises()
  const body = new DOMWrapper(document.body)
  await body.get(`[data-testid="${ids.reason}"]`).setValue('设备搬迁')
  await body.get(`[data-testid="${ids.save}"]`).trigger('submit')
  await flushPromises()
  expect(server.sent('PUT', '/working-days/js/exceptions/2026-11-23')).toEqual([{ works: false, reason: '设备搬迁' }])
  await byId(page, ids.paste).setValue('2027-02-10,休,春节\nxx')
  expect(byId(page, ids.take).attributes('disabled')).toBeDefined()
  await byId(page, ids.paste).setValue('2027-02-10,休,春节')
  await byId(page, ids.take).trigger('submit')
  await flushPromises()
  expect(server.sent('POST', '/working-days/js/import')).toEqual([{ days: [{ day: '2027-02-10', works: false, reason: '春节' }] }])
})

it('removes an exception with a reason; a day without one cannot be removed', async () => {
  const own = { center_id: 'js', day: '2026-11-23', works: false, reason: '设备搬迁', version: 1, changed_by: '8101', changed_at: '2026-11-20T02:00:00Z' }
  const server = serve({ 'GET /working-days/js': [{ ...day('2026-11-23', false), own: true }, day('2026-11-24', true)], 'GET /working-days/js/exceptions': [own], 'POST /working-days/js/exceptions/2026-11-23/remove': null })
  page = await show({ components: { CalendarsPage }, template: '<CalendarsPage v-if="ready" />', data: () => ({ ready: false }) })
  useSession().me = aMe({ permissions: ['calendar.edit'] })
  await page.setData({ ready: true })
  await flushPromises()
  const body = new DOMWrapper(document.body)
  await byId(page, `${ids.day}-2026-11-24`).trigger('click')
  await flushPromises()
  expect(body.find(`[data-testid="${ids.remove}"]`).exists()).toBe(false)
  await byId(page, `${ids.day}-2026-11-23`).trigger('click')
  await flushPromises()
  await body.get(`[data-testid="${ids.reason}"]`).setValue('搬迁取消')
  await body.get(`[data-testid="${ids.remove}"]`).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/working-days/js/exceptions/2026-11-23/remove')).toEqual([{ reason: '搬迁取消' }])
})
