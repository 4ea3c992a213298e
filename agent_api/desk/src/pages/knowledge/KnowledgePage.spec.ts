import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import ArticleView from './ArticleView.vue'
import KnowledgePage from './KnowledgePage.vue'

let page: VueWrapper
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
  vi.useRealTimers()
})

const ids = TESTIDS.knowledge
const version = { version: 2, title: '宽带办理', body: '营业厅或热线', spoken: '', keywords: ['宽带'], public: true, standing: 'review', author: '8701', reviewer: '', remark: '', valid_from: null, valid_until: null, changed_at: '2026-11-20T01:00:00Z' }
const article = { article_id: 'a1', category: '宽带', center: 'js', language: 'zh', topic: '', versions: [version], may_write: false, may_approve: true, uses: {} }
const hit = { article_id: 'a1', title: '宽带办理', snippet: '营业厅或热线', category: '宽带', center: 'js', public: true, score: 1, version: 1 }

it('finds while one types, and opens what was found', async () => {
  vi.useFakeTimers()
  const server = serve({ 'GET /articles/search': [hit], 'GET /articles/shelf': { used: [], new: [] }, 'GET /articles/a1': article, 'GET /centers': [] })
  page = await show(KnowledgePage)
  useSession().me = aMe({ permissions: ['article.use'] })
  await flushPromises()
  await byId(page, ids.query).setValue('宽带')
  await vi.advanceTimersByTimeAsync(1000)
  await flushPromises()
  expect(server.sent('GET', '/articles/search')).toHaveLength(1)
  await byId(page, `${ids.hit}-a1`).trigger('click')
  await flushPromises()
  expect(byId(page, ids.article).text()).toContain('营业厅或热线')
  expect(byId(page, `${ids.tab}-requests`).exists()).toBe(false)
})

it('offers approval only to who may give it', async () => {
  const server = serve({ 'GET /articles/a1': article, 'POST /articles/a1/versions/2/events': article })
  page = await show(ArticleView, { id: 'a1' })
  useSession().me = aMe({ permissions: ['article.approve'] })
  await flushPromises()
  expect(byId(page, `${ids.event}-submit`).exists()).toBe(false)
  await byId(page, `${ids.event}-approve`).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/articles/a1/versions/2/events')).toEqual([{ event: 'approve', remark: '' }])
})

it('lays out what is used and what is new before anything is typed', async () => {
  serve({ 'GET /articles/shelf': { used: [hit], new: [{ ...hit, article_id: 'a2', title: '停机保号' }] }, 'GET /articles/a1': article, 'GET /centers': [] })
  page = await show(KnowledgePage)
  useSession().me = aMe({ permissions: ['article.use'] })
  await flushPromises()
  expect(byId(page, `${ids.shelf}-new-a2`).text()).toBe('停机保号')
  await byId(page, `${ids.shelf}-used-a1`).trigger('click')
  await flushPromises()
  expect(byId(page, ids.article).text()).toContain('营业厅或热线')
})
