import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { ElCheckbox, ElSelect } from 'element-plus'
import { afterEach, expect, it } from 'vitest'
import type { Product } from '@/api/types'
import { useWorkspace } from '@/stores/workspace'
import { serve, show } from '@/testing/desk'
import { aCall } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import OrderDialog from './OrderDialog.vue'

const offer = (service: string, over: object = {}) => ({ product: 'mobile', service, title: service, title_en: service, choices: null, visit: false, secret: false, ...over })
const OFFERS = [offer('add_service', { choices: { ring_back: '彩铃' } }), offer('change_pin', { secret: true }), offer('install', { product: 'local', visit: true })]
const mobile = { type: 'MOBILE', number_masked: '139****0001', plan: '', status: 'active' } as unknown as Product

let dialog: VueWrapper
afterEach(() => dialog.unmount())

// The dialogue lives beside the component, in the page's body.
const part = (testId: string) => document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)
const press = async (testId: string) => {
  part(testId)?.click()
  await flushPromises()
}

async function open(answers: Record<string, unknown>) {
  const server = serve({ 'GET /orders/offers': OFFERS, ...answers })
  dialog = await show(OrderDialog, { customerId: 'C000001', products: [mobile] })
  useWorkspace().show(aCall())
  await flushPromises()
  const [service] = dialog.findAllComponents(ElSelect)
  await service?.setValue('add_service')
  await dialog.findAllComponents(ElSelect)[1]?.setValue('ring_back')
  await flushPromises()
  return server
}

it('asks for the fee, wants the customer to agree, and then places the order', async () => {
  const server = await open({ 'POST /orders/quote': { result: 'ok', fee: '5.00' }, 'POST /orders': { result: 'ok', order_no: 'YW20261122000001' } })
  const wanted = { customer_id: 'C000001', product: 'mobile', service: 'add_service', choice: 'ring_back', call_id: aCall().call_id }
  await press(TESTIDS.orders.ask)
  expect(server.sent('POST', '/orders/quote')).toEqual([wanted])
  expect(part(TESTIDS.orders.fee)?.textContent).toBe('¥5.00')
  expect(part(TESTIDS.orders.submit)?.hasAttribute('disabled')).toBe(true)
  await dialog.findComponent(ElCheckbox).setValue(true)
  await press(TESTIDS.orders.submit)
  expect(server.sent('POST', '/orders')).toEqual([wanted])
  expect(document.body.textContent).toContain('YW20261122000001')
  expect(dialog.emitted('placed')).toHaveLength(1)
})

it('says why it is not possible, and offers no button to do it', async () => {
  await open({ 'POST /orders/quote': { result: 'arrears', fee: '0.00' } })
  await press(TESTIDS.orders.ask)
  expect(part(TESTIDS.orders.fee)?.textContent).toContain('有欠费')
  expect(part(TESTIDS.orders.submit)).toBeNull()
})

it('forgets the fee when something else is chosen', async () => {
  await open({ 'POST /orders/quote': { result: 'ok', fee: '5.00' } })
  await press(TESTIDS.orders.ask)
  await dialog.findAllComponents(ElSelect)[0]?.setValue('')
  await flushPromises()
  expect(part(TESTIDS.orders.submit)).toBeNull()
})
