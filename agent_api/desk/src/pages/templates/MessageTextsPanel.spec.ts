import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import TemplatesPage from './TemplatesPage.vue'

const ids = TESTIDS.messageTexts
let page: VueWrapper
afterEach(() => page.unmount())

const words = { subject: '受理编号{ticket_no}', subject_en: 'Ticket {ticket_no}', zh: '【{brand}】编号{ticket_no}', en: '[{brand}] {ticket_no}' }
const text = { template_id: 'ticket.accepted', secret: false, variables: ['ticket_no'], shipped: words, words, from_center: '', version: 0, draft: true }
const version = { template_id: 'ticket.accepted', center_id: 'js', version: 1, words: { ...words, zh: '【{brand}】江苏{ticket_no}' }, note: '加省名', state: 'draft', written_by: '8301', written_at: '2026-11-20T02:00:00Z', approved_by: '' }

async function open(agentNo: string, permissions: string[]) {
  const server = serve({
    'GET /reply-templates/versions': [],
    'GET /message-texts': [text],
    'GET /message-texts/js/ticket.accepted': [version],
    'POST /message-texts/preview': { words: { ...words, zh: '【畅联通信】编号TS1' }, sms: 1 },
    'PUT /message-texts/js/ticket.accepted': version,
    'POST /message-texts/js/ticket.accepted/1/publish': { ...version, state: 'published' },
  })
  page = await show({ components: { TemplatesPage }, template: '<TemplatesPage v-if="ready" />', data: () => ({ ready: false }) })
  useSession().me = aMe({ agent_no: agentNo, permissions })
  await page.setData({ ready: true })
  await flushPromises()
  await page.get('#tab-texts').trigger('click')
  await flushPromises()
  await byId(page, `${ids.row}-ticket.accepted`).trigger('click')
  await flushPromises()
  return server
}

it('is tried with example values, and submitted with what changed', async () => {
  const server = await open('8301', ['template.write'])
  expect(byId(page, ids.publish).exists()).toBe(false)
  await byId(page, ids.edit).trigger('click')
  await byId(page, `${ids.field}-zh`).setValue('【{brand}】苏{ticket_no}')
  await byId(page, ids.preview).trigger('click')
  await flushPromises()
  expect(byId(page, ids.shown).text()).toContain('编号TS1')
  expect(byId(page, ids.save).attributes('disabled'), 'without a reason').toBeDefined()
  await byId(page, ids.note).setValue('改简称')
  await byId(page, ids.save).trigger('submit')
  await flushPromises()
  expect(server.sent('PUT', '/message-texts/js/ticket.accepted')).toEqual([{ words: { ...words, zh: '【{brand}】苏{ticket_no}' }, note: '改简称' }])
})

it('is approved by somebody else than its author', async () => {
  await open('8301', ['template.approve'])
  expect(byId(page, ids.publish).exists()).toBe(false)
  page.unmount()
  const server = await open('8101', ['template.approve'])
  expect(byId(page, ids.edit).exists()).toBe(false)
  await byId(page, ids.publish).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/message-texts/js/ticket.accepted/1/publish')).toHaveLength(1)
})
