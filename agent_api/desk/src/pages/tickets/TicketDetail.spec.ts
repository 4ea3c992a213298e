import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { byId, serve, show } from '@/testing/desk'
import { TESTIDS } from '@/testids'
import { blanksOf } from '@/ui/blanks'
import { shownAs } from './previews'
import SubtaskList from './SubtaskList.vue'
import TicketEvents from './TicketEvents.vue'
import TicketFiles from './TicketFiles.vue'
import TicketTimeline from './TicketTimeline.vue'

let page: VueWrapper
afterEach(() => {
  page?.unmount()
  document.body.innerHTML = ''
})
beforeEach(() => {
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => undefined
})

const template = { template_id: 'reply.result', title: '处理结果', text: '尊敬的张先生/女士：您的投诉结果为【处理结果】', missing: ['处理结果'] }
const entry = (seq: number, at: string, event: string) => ({ seq, event, event_title: event, from_state: 'PROCESSING', to_state: 'PROCESSING', at, actor: 'system', role: '', center_id: 'js', comment: '', data: { clock: 'operational', percent: '120' } })

it('takes over a template, and sends nothing that is still to be written', async () => {
  const server = serve({
    'GET /tickets/TS1/allowed-events': [{ event: 'reply', title: '回复', needs: ['result'] }],
    'GET /tickets/TS1/reply-templates': [template],
    'POST /tickets/TS1/events': {},
    'GET /centers': [],
  })
  page = await show(TicketEvents, { ticketNo: 'TS1' })
  await flushPromises()
  await byId(page, `${TESTIDS.tickets.event}-reply`).trigger('click')
  await flushPromises()
  page.findAllComponents({ name: 'ElSelect' }).find((one) => one.find(`[data-testid="${TESTIDS.list.templates}"]`).exists() || one.attributes('data-testid') === TESTIDS.list.templates)?.vm.$emit('update:modelValue', 'reply.result')
  await flushPromises()
  expect(byId(page, TESTIDS.list.templatePreview).text()).toContain('张先生/女士')
  await byId(page, TESTIDS.list.templateInsert).trigger('click')
  const submit = () => byId(page, `${TESTIDS.tickets.event}-submit`)
  expect(byId(page, TESTIDS.list.blanks).text()).toContain('处理结果')
  expect(submit().attributes('disabled')).toBeDefined()
  await byId(page, 'ticket-field-result').setValue('已退费20元')
  expect(submit().attributes('disabled')).toBeUndefined()
  await submit().trigger('submit')
  await flushPromises()
  expect(server.sent('POST', '/tickets/TS1/events')).toEqual([{ event: 'reply', comment: '', data: { result: '已退费20元' } }])
})

it('puts what others noted where it belongs in time, in words', async () => {
  serve({ 'GET /centers': [] })
  const notes = [{ id: 'n1', author: '网管', date: '2026-11-20T02:00:00Z', text: '光缆已接通' }]
  page = await show(TicketTimeline, { entries: [entry(1, '2026-11-20T01:00:00Z', 'warn'), entry(2, '2026-11-20T03:00:00Z', 'overdue')], notes })
  const items = page.findAll('.el-timeline-item').map((item) => item.text())
  expect(items).toHaveLength(3)
  expect(items[1]).toContain('光缆已接通')
  expect(items[1]).toContain('网管')
  expect(items[2]).toContain('时限：处理时限')
  expect(items[2]).toContain('120%')
  expect(items[2]).toContain('系统')
})

it('lists the departments that were asked', async () => {
  serve({ 'GET /centers': [{ id: 'js-nj', name: '南京市客户服务中心', level: 'C' }] })
  page = await show(SubtaskList, { subtasks: [{ unit: '计费部', asked_at: '2026-11-20T01:00:00Z', due_at: '2026-11-21T01:00:00Z' }] })
  expect(byId(page, TESTIDS.list.subtasks).text()).toContain('计费部')
})

it('shows a PDF on the page, and nothing that may hold a program', async () => {
  serve({ 'GET /tickets/TS1/attachments/f1': {} })
  const file = { id: 'f1', kind: 'evidence', seconds: 0, media_type: 'application/pdf', file_name: '发票.pdf', size: 2048, created_at: '2026-11-20T01:00:00Z' }
  page = await show(TicketFiles, { ticketNo: 'TS1', files: [file], mayAttach: true })
  await page.find('li button').trigger('click')
  await flushPromises()
  const preview = byId(page, TESTIDS.list.preview)
  expect(preview.attributes('data-kind')).toBe('pdf')
  expect(preview.find('iframe').attributes('title')).toBe('发票.pdf')
  expect(['image/png', 'IMAGE/JPEG; q=1', 'text/plain'].map(shownAs)).toEqual(['image', 'image', 'text'])
  expect(['image/svg+xml', 'text/html', 'application/xhtml+xml', 'audio/wav'].map(shownAs)).toEqual([null, null, null, null])
})

it('finds what is left to write', () => {
  expect(blanksOf('结果为【处理结果】，【办理时限】前；【处理结果】')).toEqual(['处理结果', '办理时限'])
  expect(blanksOf('【】没有')).toEqual([])
})
