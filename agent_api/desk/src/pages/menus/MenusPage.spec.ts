import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { MenuNode, Tree } from '@/menus/model'
import { useMenuEditor } from '@/stores/menu_editor'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aCatalogue, aMe } from '@/testing/fixtures'
import { smallTree } from '@/testing/menus'
import { TESTIDS } from '@/testids'
import MenusPage from './MenusPage.vue'

// The picture needs a browser's measures; tests/browser looks at it.
vi.mock('./MenuGraph.vue', () => ({ default: { template: '<div/>' } }))

const row = { version: 1, state: 'live', note: '', author: '8602', created_at: '2026-11-22T02:00:00Z', published_at: null, publish_at: null }
const live = { ...row, tree: smallTree(), problems: [], etag: '' }
const draft = (tree: Tree) => ({ ...row, version: 2, state: 'draft', tree, problems: [], etag: 'tag-1' })
const BASE = {
  'GET /menus/catalogue': aCatalogue(),
  'GET /centers': [],
  'GET /menus/centers': [{ center: 'js', name: '江苏', live: 1, inherited_from: null, has_draft: false }],
  'GET /menus/centers/js': { center: 'js', live: 1, inherited_from: null, numbers: [], versions: [row] },
  'GET /menus/centers/js/versions/1': live,
}

let page: VueWrapper
let server: ReturnType<typeof serve>
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

async function open(answers: Record<string, unknown> = {}) {
  server = serve({ ...BASE, ...answers })
  page = await show(MenusPage)
  useSession().me = aMe({ permissions: ['ivr.read', 'ivr.edit'] })
  await flushPromises()
  return useMenuEditor()
}

async function settle(): Promise<void> {
  await flushPromises()
  await vi.advanceTimersByTimeAsync(600)
  await flushPromises()
}

const keyed = (to: string) => (tree: Tree) => ({ ...tree, nodes: { ...tree.nodes, main: { ...(tree.nodes['main'] as MenuNode), keys: { 1: to } } } })

it('shows what callers hear now, and asks for a look after a change only', async () => {
  const editor = await open({ 'POST /menus/check': { problems: [{ node: 'main', field: 'keys', code: 'target.unknown', message: '没有这个节点', severity: 'error' }] } })
  expect(byId(page, TESTIDS.menus.shown).attributes()).toMatchObject({ 'data-version': '1', 'data-state': 'live', 'data-dirty': 'false' })
  expect(server.sent('POST', '/menus/check')).toEqual([])
  editor.change(keyed('nowhere'))
  editor.change(keyed('nothing'))
  await settle()
  expect(server.sent('POST', '/menus/check')).toHaveLength(1)
  expect(byId(page, TESTIDS.menus.problemCount).text()).toBe('1')
  expect(byId(page, TESTIDS.menus.publish).attributes('disabled')).toBeDefined()
})

it('does not send what is not filled in', async () => {
  const editor = await open()
  editor.changeNode('main', { ...(editor.tree?.nodes['main'] as MenuNode), prompts: [] }, '')
  await settle()
  expect([server.sent('POST', '/menus/check'), editor.problems.map((problem) => problem.code)]).toEqual([[], ['missing.prompts']])
  expect(byId(page, TESTIDS.menus.save).attributes('disabled')).toBeDefined()
})

it('saves a draft over the one it knows', async () => {
  const tree = keyed('offers')(smallTree())
  const editor = await open({ 'POST /menus/check': { problems: [] }, 'PUT /menus/centers/js/draft': draft(tree) })
  editor.change(() => tree)
  await settle()
  await byId(page, TESTIDS.menus.save).trigger('click')
  await settle()
  editor.change(keyed('bill'))
  await settle()
  await byId(page, TESTIDS.menus.save).trigger('click')
  await settle()
  expect(server.sent('PUT', '/menus/centers/js/draft')).toMatchObject([{ tree, based_on: null }, { based_on: 'tag-1' }])
  expect(editor.dirty).toBe(false)
})

it('keeps the changes when somebody else saved meanwhile', async () => {
  const editor = await open({ 'POST /menus/check': { problems: [] }, 'PUT /menus/centers/js/draft': { status: 409, body: { code: 'menu.draft_changed', message: '草稿已被他人修改', detail: {} } } })
  editor.change(keyed('offers'))
  await settle()
  await byId(page, TESTIDS.menus.save).trigger('click')
  await settle()
  expect([editor.dirty, (editor.tree?.nodes['main'] as MenuNode).keys]).toEqual([true, { 1: 'offers' }])
})

it.each([
  [{ 'GET /menus/centers': { status: 403, body: {} } }, TESTIDS.view.error],
  [{ 'GET /menus/centers': [] }, TESTIDS.view.empty],
  [{ 'GET /menus/centers': { status: 502, body: {} } }, TESTIDS.view.offline],
])('says what is the matter: %j', async (answers, state) => {
  await open(answers)
  expect(byId(page, state).exists()).toBe(true)
})
