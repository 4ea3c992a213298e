import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { ElCascader } from 'element-plus'
import { afterEach, expect, it } from 'vitest'
import { useWorkspace } from '@/stores/workspace'
import { byId, serve, show } from '@/testing/desk'
import { aCall } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import TicketForm from './TicketForm.vue'

const leaf = (code: string, title: string) => ({ code, title, children: [] })
const REASONS = [
  { code: 'Q', title: '查询', children: [{ code: 'Q.BILL', title: '话费', children: [leaf('Q.BILL.1', '月账单')] }] },
  { code: 'T', title: '投诉', children: [{ code: 'T.CHARGE', title: '收费争议', children: [leaf('T.CHARGE.2', '未订购扣费')] }] },
]
const created = { ticket_no: 'TS20261121000001', clocks: [{ due_at: '2026-11-23T02:30:00Z' }] }

let form: VueWrapper
afterEach(() => form.unmount())

async function open(answer: unknown = created) {
  const server = serve({ 'GET /contact-reasons': REASONS, 'POST /tickets': answer })
  form = await show(TicketForm)
  useWorkspace().show(aCall())
  await flushPromises()
  return server
}

async function fillIn(): Promise<void> {
  await form.findComponent(ElCascader).setValue(['T', 'T.CHARGE', 'T.CHARGE.2'])
  await byId(form, TESTIDS.ticketForm.title).setValue('多收增值业务费')
  await byId(form, TESTIDS.ticketForm.form).trigger('submit')
  await flushPromises()
}

it('ties the ticket to the call and its customer, and tells its number', async () => {
  const server = await open()
  await fillIn()
  expect(server.sent('POST', '/tickets')).toMatchObject([
    { type: 'complaint', category: 'T.CHARGE.2', title: '多收增值业务费', call_id: aCall().call_id, customer_id: 'C000001', level: 'NORMAL' },
  ])
  expect(byId(form, TESTIDS.ticketForm.created).text()).toContain('TS20261121000001')
})

it('keeps what was typed when the server refuses', async () => {
  await open({ status: 422, body: { code: 'request.invalid', message: '填写的内容有误', detail: {} } })
  await fillIn()
  expect((byId(form, TESTIDS.ticketForm.title).element as HTMLInputElement).value).toBe('多收增值业务费')
  expect(byId(form, TESTIDS.ticketForm.created).exists()).toBe(false)
})

it('offers complaint reasons for a complaint only', async () => {
  await open()
  const offered = () => (form.findComponent(ElCascader).props('options') as { code: string }[]).map((option) => option.code)
  expect(offered()).toEqual(['T'])
  await byId(form, `${TESTIDS.ticketForm.type}-consult`).find('input').setValue()
  expect(offered()).toEqual(['Q'])
})
