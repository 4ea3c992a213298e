import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { ElCascader } from 'element-plus'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { EMPTY } from '@/live/apply'
import { useLive } from '@/stores/live'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aCall, aMe, anAgent } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import WrapUpPanel from './WrapUpPanel.vue'

const REASONS = [{ code: 'Q', title: '查询', children: [{ code: 'Q.BILL', title: '话费查询', children: [{ code: 'Q.BILL.1', title: '月账单', children: [] }] }] }]
const call = aCall({ ended: true, connected_at: '2026-11-21T02:28:00Z' })
const written = { ...call, disposition: 'Q.BILL.1', disposition_title: '查询>话费查询>月账单', notes: '已解释', resolved: true }

let panel: VueWrapper
let server: ReturnType<typeof serve>
beforeEach(() => {
  server = serve({
    'GET /contact-reasons': REASONS,
    [`PUT /calls/${call.call_id}/wrap-up`]: written,
    'POST /agent/ready': { ok: true },
  })
})
afterEach(() => panel.unmount())

async function open(shown = call): Promise<void> {
  panel = await show(WrapUpPanel, { call: shown })
  useSession().me = aMe()
  const wrapUp = anAgent({ state: 'wrap_up', call_id: call.call_id, wrap_up_until: new Date(Date.now() + 60_000).toISOString() })
  useLive().state = { ...EMPTY, eventId: 1, agents: { '8001': wrapUp }, myCall: call }
  await flushPromises()
}

it('cannot be saved without a reason of the third level', async () => {
  await open()
  expect(byId(panel, TESTIDS.wrapUp.save).attributes('disabled')).toBeDefined()
  await panel.findComponent(ElCascader).setValue(['Q', 'Q.BILL', 'Q.BILL.1'])
  expect(byId(panel, TESTIDS.wrapUp.save).attributes('disabled')).toBeUndefined()
})

it('is saved, and then the agent is ready', async () => {
  await open()
  await panel.findComponent(ElCascader).setValue(['Q', 'Q.BILL', 'Q.BILL.1'])
  await byId(panel, TESTIDS.wrapUp.notes).setValue('已解释')
  await byId(panel, TESTIDS.wrapUp.finish).trigger('click')
  await flushPromises()
  expect(server.sent('PUT', `/calls/${call.call_id}/wrap-up`)).toEqual([{ reason_code: 'Q.BILL.1', notes: '已解释', resolved: true }])
  expect(server.sent('POST', '/agent/ready')).toHaveLength(1)
})

it('counts down', async () => {
  await open()
  expect(byId(panel, TESTIDS.wrapUp.countdown).text()).toMatch(/00:5\d|01:00/)
})

it('shows what was written before, to be corrected', async () => {
  await open(written)
  expect(panel.findComponent(ElCascader).props('modelValue')).toEqual(['Q', 'Q.BILL', 'Q.BILL.1'])
  expect(byId(panel, TESTIDS.wrapUp.saved).text()).toContain('月账单')
})
