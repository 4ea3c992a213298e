import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useSession } from '@/stores/session'
import { useWorkspace } from '@/stores/workspace'
import { byId, serve, show } from '@/testing/desk'
import { aCall, aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import SuggestionPanel from './SuggestionPanel.vue'

const ids = TESTIDS.suggestions
const hit = { article_id: 'a1', title: '停机保号', snippet: '每月保号费', score: 0.9, category: '移动业务', center: 'cn', public: true }
const version = { version: 1, standing: 'published', title: '停机保号', body: '每月保号费5元。', spoken: '', keywords: [], public: true }
const article = { article_id: 'a1', versions: [version], uses: {} }

let panel: VueWrapper
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => {
  vi.useRealTimers()
  panel.unmount()
})

async function type(hits: unknown, more: Record<string, unknown> = {}) {
  const server = serve({ 'GET /articles/search': hits, 'GET /articles/a1': article, ...more })
  panel = await show(SuggestionPanel, { text: '' })
  useSession().me = aMe({ permissions: ['article.use'] })
  useWorkspace().show(aCall())
  await panel.setProps({ text: '停机', reasonCode: 'H.STOP.1' })
  await panel.setProps({ text: '停机保号' })
  await vi.advanceTimersByTimeAsync(400)
  await flushPromises()
  return server
}

it('asks once the typing pauses, and answers with an article', async () => {
  const server = await type([hit], { 'POST /articles/a1/answered': { ticket_no: 'ZX1' } })
  expect(server.sent('GET', '/articles/search')).toHaveLength(1)
  await byId(panel, `${ids.open}-a1`).trigger('click')
  await flushPromises()
  expect(panel.text()).toContain('每月保号费5元。')
  await byId(panel, ids.answered).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/articles/a1/answered')).toEqual([{ question: '停机保号', reason_code: 'H.STOP.1', call_id: aCall().call_id, customer_id: 'C000001' }])
  expect(byId(panel, ids.answered).attributes('data-ticket-no')).toBe('ZX1')
})

it('takes down what was not found', async () => {
  const server = await type([], { 'POST /article-requests': { asked: 3, ticket_nos: ['ZX2'] } })
  await byId(panel, ids.askTicket).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/article-requests')).toMatchObject([{ question: '停机保号', as_ticket: true }])
  expect(byId(panel, ids.asked).text()).toContain('ZX2')
})

it('stays out of the way when the search is not there', async () => {
  await type({ status: 503, body: { code: 'unavailable', message: '', detail: {} } })
  expect(byId(panel, ids.panel).exists()).toBe(false)
})
