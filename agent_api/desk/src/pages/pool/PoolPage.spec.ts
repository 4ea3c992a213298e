import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import PoolPage from './PoolPage.vue'
import { placeOf } from './places'

let page: VueWrapper
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

const item = (kind: string, number: string, stage: string, more: Record<string, unknown> = {}) => ({ kind, number, type: kind, title: '多收费', stage, stage_title: '待领取', level: 'NORMAL', vip: false, priority: 0, center_id: 'js', owner: '', first_owner: '', mine_first: false, legal_due_at: null, due_at: '2026-11-20T02:00:00Z', created_at: '2026-11-18T02:00:00Z', ...more })
const emergency = { case_id: 7, kind: 'stop', customer_id: 'C000001', number_masked: '139****0001', center_id: 'js', at: '2026-11-17T02:00:00Z', until: null, ended_at: null, review_ticket: 'JJ1', due_at: '2026-11-18T16:00:00Z', overdue: true, outcomes: { genuine: '属实' }, review: null }

it('shows every kind, claims one item and offers reviews', async () => {
  const items = [item('ticket', 'TS1', 'POOLED', { mine_first: true }), item('visit', 'HF1', 'CLAIMED', { owner: '8301' })]
  const server = serve({ 'GET /pool/items': { items, kinds: { ticket: 1, visit: 1 }, stages: { POOLED: 1, CLAIMED: 1 } }, 'POST /pool/items/claim': items[0], 'GET /emergencies': [emergency] })
  page = await show(PoolPage)
  useSession().me = aMe({ agent_no: '8301', permissions: ['ticket.reassign', 'emergency.review'] })
  await flushPromises()
  expect(byId(page, `${TESTIDS.pool.kind}-visit`).attributes('data-count')).toBe('1')
  expect(page.text()).toContain('首问')
  expect(byId(page, `${TESTIDS.pool.claim}-HF1`).exists()).toBe(false)
  await byId(page, `${TESTIDS.pool.claim}-TS1`).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/pool/items/claim')).toEqual([{ kinds: ['ticket'], number: 'TS1' }])
  expect(byId(page, `${TESTIDS.pool.review}-7`).exists()).toBe(true)
})

it('knows where each kind is worked on', () => {
  expect(['ticket', 'message', 'contact', 'visit'].map((kind) => placeOf({ kind, number: 'X1' }))).toEqual(['/tickets/X1', '/tickets/X1', '/contacts?open=X1', '/visits?open=X1'])
})
