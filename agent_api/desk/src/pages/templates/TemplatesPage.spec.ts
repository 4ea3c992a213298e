import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import TemplatesPage from './TemplatesPage.vue'

const ids = TESTIDS.templates
let page: VueWrapper
afterEach(() => page.unmount())

const row = (version: number, state: string, text: string) => ({ template_id: 'refund', version, state, title: '退费答复', subject: '关于{ticket_no}', text, ticket_type: 'complaint', reason_code: '', channel: '', written_by: '8701', written_at: '2026-11-20T02:00:00Z', approved_by: state === 'published' ? '8702' : '' })

async function open(agentNo: string, permissions: string[]) {
  const server = serve({
    'GET /reply-templates/versions': [row(2, 'draft', '尊敬的{customer}：\n已退费'), row(1, 'published', '尊敬的{customer}：\n已处理')],
    'GET /reply-templates/variables': [{ name: 'customer', title: '客户称呼' }],
    'POST /reply-templates/preview': { subject: '关于T1', text: '尊敬的张先生/女士：已退费' },
    'PUT /reply-templates/refund': row(3, 'draft', ''),
    'POST /reply-templates/refund/2/publish': row(2, 'published', ''),
  })
  page = await show({ components: { TemplatesPage }, template: '<TemplatesPage v-if="ready" />', data: () => ({ ready: false }) })
  useSession().me = aMe({ agent_no: agentNo, permissions })
  await page.setData({ ready: true })
  await flushPromises()
  await byId(page, `${ids.row}-refund`).trigger('click')
  return server
}

it('shows what a customer would read, and submits a new version', async () => {
  const server = await open('8701', ['template.write'])
  await byId(page, ids.edit).trigger('click')
  await flushPromises()
  await byId(page, ids.preview).trigger('click')
  await flushPromises()
  expect(byId(page, ids.shown).text()).toContain('张先生')
  await byId(page, ids.name).setValue('退费结果')
  await byId(page, ids.save).trigger('submit')
  await flushPromises()
  expect(server.sent('PUT', '/reply-templates/refund')).toMatchObject([{ title: '退费结果', ticket_type: 'complaint' }])
})

it('compares a version with the one before, and goes back by a new draft', async () => {
  const server = await open('8701', ['template.write'])
  await byId(page, `${ids.compare}-2`).trigger('click')
  expect(byId(page, TESTIDS.versions.lines).text()).toMatch(/- 已处理\s+\+ 已退费/)
  await byId(page, `${ids.back}-1`).trigger('click')
  await flushPromises()
  expect(server.sent('PUT', '/reply-templates/refund')).toMatchObject([{ text: '尊敬的{customer}：\n已处理' }])
})

it('is approved by somebody else than its author', async () => {
  await open('8701', ['template.approve'])
  expect(byId(page, ids.publish).exists()).toBe(false)
  page.unmount()
  const server = await open('8702', ['template.approve'])
  await byId(page, ids.publish).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/reply-templates/refund/2/publish')).toHaveLength(1)
})
