import { DOMWrapper, flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import ScriptsPage from './ScriptsPage.vue'

let page: VueWrapper
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

const line = (text: string) => ({ situation: 'greeting', text, title: '', language: 'zh', queue: '', reason: '', moments: [] })
const version = (number: number, note: string) => ({ version: number, note, author: '8701', created_at: '2026-11-20T02:00:00Z' })
const inBody = (testId: string) => new DOMWrapper(document.body).get<HTMLElement>(`[data-testid="${testId}"]`)

async function open() {
  const server = serve({
    'GET /scripts/js': { center: 'js', version: 2, note: '', read: true, lines: [line('您好，很高兴为您服务')] },
    'GET /scripts/js/versions': [version(2, '缩短问候'), version(1, '首版')],
    'GET /scripts/js/versions/1': { center: 'js', version: 1, note: '首版', lines: [line('您好')] },
    'GET /scripts/js/versions/2': { center: 'js', version: 2, note: '缩短问候', lines: [line('您好，很高兴为您服务')] },
    'PUT /scripts/js': { center: 'js', version: 3, note: '', read: false, lines: [] },
  })
  page = await show({ components: { ScriptsPage }, template: '<ScriptsPage v-if="ready" />', data: () => ({ ready: false }) })
  useSession().me = aMe({ agent_no: '8701', permissions: ['script.edit'] })
  await page.setData({ ready: true })
  await flushPromises()
  return server
}

it('publishes the whole list over the version it was read from', async () => {
  const server = await open()
  expect(byId(page, TESTIDS.scripts.publish).attributes('disabled')).toBeDefined()
  await byId(page, TESTIDS.scripts.add).trigger('click')
  expect(byId(page, TESTIDS.scripts.publish).attributes('disabled'), 'a line without words').toBeDefined()
  await page.findAll('.line input[maxlength="300"]').at(-1)?.setValue('请稍等')
  await byId(page, TESTIDS.scripts.publish).trigger('click')
  await flushPromises()
  expect(server.sent('PUT', '/scripts/js')).toMatchObject([{ based_on: 2, lines: [{ text: '您好，很高兴为您服务' }, { text: '请稍等' }] }])
})

it('compares two versions and goes back to one by publishing it again', async () => {
  const server = await open()
  await byId(page, TESTIDS.versions.open).trigger('click')
  await flushPromises()
  await inBody(`${TESTIDS.versions.compare}-1`).trigger('click')
  await flushPromises()
  expect(inBody(TESTIDS.versions.lines).text()).toMatch(/- .*您好\s+\+ .*很高兴/)
  await inBody(`${TESTIDS.versions.back}-1`).trigger('click')
  await flushPromises()
  expect(server.sent('PUT', '/scripts/js')).toMatchObject([{ based_on: 2, note: '恢复到第 1 版', lines: [{ text: '您好' }] }])
})
