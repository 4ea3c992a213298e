import { DOMWrapper, flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { alertText, useAlerts } from '@/stores/alerts'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import AlertBell from './AlertBell.vue'

const ids = TESTIDS.list
let bell: VueWrapper | undefined
afterEach(() => {
  bell?.unmount()
  document.body.innerHTML = ''
})

const alert = (id: number, kind: string, data = {}) => ({ id, ticket_no: `TS${id}`, kind, data, at: '2026-11-20T02:00:00Z' })

it('says which limit comes near, and is seen up to the latest shown', async () => {
  const server = serve({ 'GET /ticket-alerts': [alert(8, 'clock', { clock: 'daily_report', percent: '80' }), alert(7, 'subtask')], 'POST /ticket-alerts/seen': null })
  bell = await show({ components: { AlertBell }, template: '<AlertBell v-if="ready" />', data: () => ({ ready: false }) })
  useSession().me = aMe()
  await bell.setData({ ready: true })
  await flushPromises()
  expect(byId(bell, ids.alerts).attributes('data-unread')).toBe('2')
  await byId(bell, ids.alerts).trigger('click')
  await flushPromises()
  const body = new DOMWrapper(document.body)
  expect(body.findAll(`[data-testid="${ids.alert}"]`).map((each) => each.text())[0]).toContain('重大投诉日报已用 80%')
  await useAlerts().see()
  expect(server.sent('POST', '/ticket-alerts/seen')).toEqual([{ up_to: 8 }])
  expect(useAlerts().unseen).toEqual([])
})

it('has words for a kind it does not know', () => {
  expect(alertText(alert(1, 'brand_new'))).toBe('工单有新情况')
  expect(alertText(alert(1, 'clock', { clock: 'accept', percent: '100' }))).toBe('环节时限已用 100%')
})
