import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import CompensationPanel from './CompensationPanel.vue'

const ids = TESTIDS.compensation
const PATH = '/tickets/TS1/compensations'
let panel: VueWrapper
afterEach(() => panel.unmount())

const proposal = { id: 5, state: 'PROPOSED', amount: '12.00', reason: '逾期修复', proposed_by: '8301' }

async function open(permissions: string[], found: object = {}, agent_no = '8301') {
  const server = serve({
    [`GET ${PATH}`]: { waive_fee: true, suggested: '6.53', suggested_basis: 'waived_fee', suggested_days: 2, items: [], ...found },
    [`POST ${PATH}`]: proposal,
    'POST /compensations/5/decision': { ...proposal, state: 'APPROVED' },
  })
  panel = await show(CompensationPanel, { ticketNo: 'TS1' })
  useSession().me = aMe({ agent_no, permissions })
  await flushPromises()
  return server
}

it('is not there for who may not propose while there is nothing', async () => {
  await open([])
  expect(byId(panel, ids.panel).exists()).toBe(false)
})

it('proposes what the rule comes to, and only a proper amount', async () => {
  const server = await open(['compensation.propose'])
  expect(panel.text()).toContain('应减免月租')
  await byId(panel, ids.propose).trigger('click')
  const amount = byId(panel, ids.amount)
  expect((amount.element as HTMLInputElement).value).toBe('6.53')
  const submit = () => panel.find('form button')
  for (const wrong of ['', '0', '1.234', '-5']) {
    await amount.setValue(wrong)
    expect(submit().attributes('disabled'), wrong).toBeDefined()
  }
  await amount.setValue('8.00')
  await panel.find('form').trigger('submit')
  await flushPromises()
  expect(server.sent('POST', PATH)).toEqual([{ basis: 'waived_fee', days: 2, amount: '8.00', reason: '逾期修复2天，减免月租' }])
  expect(panel.find('form').exists()).toBe(false)
})

it('lets another person decide, never who proposed', async () => {
  await open(['compensation.approve'], { items: [proposal] })
  expect(panel.text()).toContain('待审批')
  expect(byId(panel, `${ids.grant}-5`).exists()).toBe(false)
  panel.unmount()
  const server = await open(['compensation.approve'], { items: [proposal] }, '8101')
  await byId(panel, `${ids.grant}-5`).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/compensations/5/decision')).toEqual([{ granted: true }])
})

it('offers no decision on what is decided', async () => {
  await open(['compensation.approve'], { items: [{ ...proposal, state: 'BOOKED' }] }, '8101')
  expect(panel.text()).toContain('已到账')
  expect(byId(panel, `${ids.grant}-5`).exists()).toBe(false)
})

it('says why a late order is owed something', async () => {
  await open(['compensation.propose'], { waive_fee: false, suggested: '2.90', suggested_basis: 'late_order', suggested_days: 5 })
  await byId(panel, ids.propose).trigger('click')
  expect((byId(panel, ids.amount).element as HTMLInputElement).value).toBe('2.90')
  expect(panel.findAll('input').map((each) => each.element.value).join()).toContain('逾期5天')
})
