import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import ExchangePage from './ExchangePage.vue'

let page: VueWrapper
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

const dead = { message_id: 'm1', from_center: 'js', to_center: 'cn', peer: 'north', type: 'REPLY', type_title: '回复', ticket_no: 'TS1', seq: 3, state: 'DEAD', attempts: 5, due_at: null, code: 'exchange.unreachable', reason: '对端无法到达', created_at: '2026-11-18T06:00:00Z', answered_at: null, may_resend: true, may_skip: true, may_settle: false }
const overview = { installation: 'east', peers: [{ peer: 'north', centers: ['cn'], paused: false, heard_at: null, trouble: 'exchange.unreachable', trouble_text: '对端无法到达', key_due: false, key_standing: 'good', key_days: 3, waiting: 2, dead: 1 }], boxes: [] }

async function open(permissions: string[]) {
  const server = serve({ 'GET /exchange': overview, 'GET /exchange/outbox': [dead], 'GET /centers': [], 'POST /exchange/outbox/m1/resend': { ...dead, state: 'QUEUED' }, 'POST /exchange/outbox/m1/skip': { ...dead, state: 'QUEUED' }, 'POST /exchange/peers/north/resend': { count: 1 } })
  page = await show(ExchangePage)
  useSession().me = aMe({ agent_no: '8101', permissions })
  await flushPromises()
  return server
}

it('shows what did not arrive, and sends it again', async () => {
  const server = await open(['exchange.read', 'exchange.resend'])
  expect(byId(page, `${TESTIDS.exchange.message}-m1`).attributes('data-state')).toBe('DEAD')
  expect(byId(page, TESTIDS.exchange.peers).text()).toContain('对端无法到达')
  await byId(page, `${TESTIDS.exchange.resend}-m1`).trigger('click')
  await byId(page, `${TESTIDS.exchange.resendAll}-north`).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/exchange/outbox/m1/resend')).toHaveLength(1)
})

it('skips a letter for a reason', async () => {
  const server = await open(['exchange.read', 'exchange.resend'])
  expect(byId(page, `${TESTIDS.exchange.settle}-m1`).exists()).toBe(false)
  await byId(page, `${TESTIDS.exchange.skip}-m1`).trigger('click')
  await flushPromises()
  const box = document.querySelector('.el-message-box') as HTMLElement
  const input = box.querySelector('input') as HTMLInputElement
  input.value = '对端处理不了'
  input.dispatchEvent(new Event('input'))
  await flushPromises()
  ;(box.querySelector('.el-message-box__btns .el-button--primary') as HTMLElement).click()
  await flushPromises()
  expect(server.sent('POST', '/exchange/outbox/m1/skip')).toEqual([{ reason: '对端处理不了' }])
})

it('offers nothing to who may only read', async () => {
  await open(['exchange.read'])
  expect(byId(page, `${TESTIDS.exchange.resend}-m1`).exists()).toBe(false)
  expect(byId(page, `${TESTIDS.exchange.resendAll}-north`).exists()).toBe(false)
})
