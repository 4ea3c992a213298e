import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useQueueEditor } from '@/stores/queue_editor'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { aRouting, aTable } from '@/testing/queues'
import { TESTIDS } from '@/testids'
import QueuesPage from './QueuesPage.vue'

let page: VueWrapper
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

async function open(permissions = ['routing.read', 'routing.edit'], answer: unknown = aRouting(), more: Record<string, unknown> = {}) {
  const server = serve({ ...more, 'GET /routing': answer, 'POST /routing/check': { problems: [] }, 'PUT /routing': aRouting({ live: 4 }) })
  page = await show(QueuesPage)
  useSession().me = aMe({ agent_no: '8101', permissions })
  await flushPromises()
  return server
}

const inDialog = (testId: string) => document.querySelector<HTMLInputElement>(`[data-testid="${testId}"]`)

it('shows the queues and the rules of the first', async () => {
  await open()
  expect(byId(page, `${TESTIDS.queues.row}-bill`).attributes('aria-current')).toBe('true')
  expect((byId(page, TESTIDS.queues.title).element as HTMLInputElement).value).toBe('话费')
})

it('tells what is different, and puts it in force over the version it was made from', async () => {
  const server = await open()
  await byId(page, TESTIDS.queues.title).setValue('话费查询')
  await flushPromises()
  expect(byId(page, TESTIDS.queues.shown).attributes('data-dirty')).toBe('true')
  await byId(page, TESTIDS.queues.publish).trigger('click')
  await flushPromises()
  const note = inDialog(TESTIDS.queues.publishNote)
  if (note) note.value = '改名'
  note?.dispatchEvent(new Event('input'))
  await flushPromises()
  inDialog(TESTIDS.queues.publishSubmit)?.click()
  await flushPromises()
  const [sent] = server.sent('PUT', '/routing') as { based_on: number; note: string; table: { queues: { title: string }[] } }[]
  expect(sent).toMatchObject({ based_on: 3, note: '改名' })
  expect(sent?.table.queues[0]?.title).toBe('话费查询')
  expect(byId(page, TESTIDS.queues.shown).attributes()).toMatchObject({ 'data-version': '4', 'data-dirty': 'false' })
})

it('cannot be put in force while something does not fit, and undo mends it', async () => {
  await open()
  const editor = useQueueEditor()
  editor.change({ when_full: { kind: 'queue', queue: 'bill' } })
  await flushPromises()
  expect(byId(page, TESTIDS.queues.problem).attributes('data-where')).toBe('bill.when_full')
  expect(byId(page, TESTIDS.queues.publish).attributes('disabled')).toBeDefined()
  await byId(page, TESTIDS.queues.undo).trigger('click')
  await flushPromises()
  expect(byId(page, TESTIDS.queues.problem).exists()).toBe(false)
  expect(editor.dirty).toBe(false)
})

it('may only be looked at without the right to change', async () => {
  await open(['routing.read'])
  expect(byId(page, TESTIDS.queues.publish).exists()).toBe(false)
  expect(byId(page, TESTIDS.queues.title).attributes('disabled')).toBeDefined()
})

it('says so when it cannot be read', async () => {
  await open(undefined, { status: 500, body: {} })
  expect(byId(page, TESTIDS.view.error).exists()).toBe(true)
})

it('opens an old version and compares it with the one in force', async () => {
  const old = { ...aTable(), version: 2, kept_seconds: 90 }
  const rows = [...aRouting().versions, { version: 2, author: '8101', note: '', at: '2026-11-20T01:00:00Z', state: 'retired' as const }]
  await open(undefined, aRouting({ versions: rows }), { 'GET /routing/versions/2': old, 'GET /routing/versions/3': aTable() })
  await byId(page, `${TESTIDS.queues.openVersion}-2`).trigger('click')
  await flushPromises()
  const shown = document.querySelector(`[data-testid="${TESTIDS.queues.comparison}"]`)
  expect(shown?.querySelector(`[data-testid="${TESTIDS.queues.changes}"]`)?.textContent).toMatch(/60 秒\s*→\s*90 秒/)
  document.querySelector<HTMLElement>(`[data-testid="${TESTIDS.queues.editVersion}"]`)?.click()
  await flushPromises()
  expect(useQueueEditor().table?.kept_seconds).toBe(90)
  expect(useQueueEditor().dirty).toBe(true)
})
