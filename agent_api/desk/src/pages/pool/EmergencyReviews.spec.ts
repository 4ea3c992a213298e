import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { byId, serve, show } from '@/testing/desk'
import { TESTIDS } from '@/testids'
import EmergencyReviews from './EmergencyReviews.vue'

const ids = TESTIDS.pool
let panel: VueWrapper
afterEach(() => {
  panel.unmount()
  document.body.innerHTML = ''
})

const emergency = { case_id: 7, kind: 'stop', customer_id: 'C000001', number_masked: '139****0001', center_id: 'js', at: '2026-11-17T02:00:00Z', until: null, ended_at: null, review_ticket: 'JJ1', due_at: '2026-11-18T16:00:00Z', overdue: true, outcomes: { genuine: '属实', abuse: '滥用' }, review: null }

async function open(rows: object[], answer: object = {}) {
  const server = serve({ 'GET /emergencies': rows, 'POST /emergencies/7/review': answer })
  panel = await show(EmergencyReviews)
  await flushPromises()
  return server
}

const save = () => document.querySelector<HTMLButtonElement>(`[data-testid="${ids.reviewSubmit}"]`)

async function choose(outcome: string) {
  panel.findComponent({ name: 'ElSelect' }).vm.$emit('update:modelValue', outcome)
  await flushPromises()
}

it('shows the number masked and what is late in red', async () => {
  const server = await open([emergency])
  expect(server.asked()).toEqual(['/api/v1/emergencies?reviewed=false'])
  expect(byId(panel, ids.emergencies).text()).toContain('紧急停机')
  expect(byId(panel, ids.emergencies).text()).toContain('139****0001')
  expect(panel.find('.late').exists()).toBe(true)
})

it('asks for a comment unless all was genuine', async () => {
  const server = await open([emergency])
  await byId(panel, `${ids.review}-7`).trigger('click')
  await flushPromises()
  expect(save()?.disabled).toBe(true)
  await choose('abuse')
  expect(save()?.disabled).toBe(true)
  await panel.findComponent({ name: 'ElDialog' }).find('textarea').setValue('机主称未申请')
  expect(save()?.disabled).toBe(false)
  save()?.click()
  await flushPromises()
  expect(server.sent('POST', '/emergencies/7/review')).toEqual([{ outcome: 'abuse', comment: '机主称未申请' }])
  expect(save()).toBeNull()
})

it('stays open when the review was refused', async () => {
  await open([emergency], { status: 409, body: { code: 'emergency.reviewed', message: '已复核', detail: {} } })
  await byId(panel, `${ids.review}-7`).trigger('click')
  await choose('genuine')
  save()?.click()
  await flushPromises()
  expect(save()).not.toBeNull()
})

it('says that nothing waits', async () => {
  await open([])
  expect(panel.text()).toContain('没有待复核的紧急服务')
})
