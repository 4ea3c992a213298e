import { DOMWrapper, flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import ReasonsPage from './ReasonsPage.vue'

const ids = TESTIDS.reasons
let page: VueWrapper
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

const tree = (title: string) => [{ code: 'T', title, children: [{ code: 'T.A', title: '资费', children: [{ code: 'T.A.1', title: '多收费', children: [], leaf: { ticket_type: 'complaint', fields: [] } }] }] }]
const version = (number: number) => ({ version: number, note: '', author: '8701', created_at: '2026-11-20T02:00:00Z' })
const inBody = (testId: string) => new DOMWrapper(document.body).get<HTMLElement>(`[data-testid="${testId}"]`)

async function open() {
  const server = serve({
    'GET /reasons': { center: 'js', version: 2, tree: tree('投诉') },
    'GET /reasons/js/versions': [version(2), version(1)],
    'GET /reasons/js/versions/1': { center: 'js', version: 1, tree: tree('客户投诉') },
    'GET /reasons/js/versions/2': { center: 'js', version: 2, tree: tree('投诉') },
    'PUT /reasons/js': { center: 'js', version: 3, tree: tree('投诉') },
  })
  page = await show({ components: { ReasonsPage }, template: '<ReasonsPage v-if="ready" />', data: () => ({ ready: false }) })
  useSession().me = aMe({ agent_no: '8701', permissions: ['reason.edit'] })
  await page.setData({ ready: true })
  await flushPromises()
  return server
}

it('changes a title and publishes the tree over the version it was read from', async () => {
  const server = await open()
  expect(byId(page, ids.publish).attributes('disabled')).toBeDefined()
  await byId(page, `${ids.node}-T`).trigger('click')
  await byId(page, ids.title).setValue('投诉与申诉')
  await byId(page, ids.publish).trigger('click')
  await flushPromises()
  expect(server.sent('PUT', '/reasons/js')).toMatchObject([{ based_on: 2, tree: [{ code: 'T', title: '投诉与申诉' }] }])
})

it('takes a node away with the keyboard', async () => {
  await open()
  await byId(page, `${ids.node}-T.A.1`).trigger('focus')
  await byId(page, ids.tree).trigger('keydown', { key: 'Delete' })
  expect(byId(page, `${ids.node}-T.A.1`).exists()).toBe(false)
})

it('compares versions and goes back to one', async () => {
  const server = await open()
  await byId(page, TESTIDS.versions.open).trigger('click')
  await flushPromises()
  await inBody(`${TESTIDS.versions.compare}-1`).trigger('click')
  await flushPromises()
  expect(inBody(TESTIDS.versions.lines).text()).toMatch(/- 客户投诉 T\s+\+ 投诉 T/)
  await inBody(`${TESTIDS.versions.back}-1`).trigger('click')
  await flushPromises()
  expect(server.sent('PUT', '/reasons/js')).toMatchObject([{ based_on: 2, tree: [{ title: '客户投诉' }] }])
})
