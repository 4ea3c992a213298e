import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { EMPTY } from '@/live/apply'
import { useLive } from '@/stores/live'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe, anAgent } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import ScriptPanel from './ScriptPanel.vue'

const ids = TESTIDS.scripts
const scripts = (read: boolean) => ({ center: 'js', version: 3, note: '简化问候', read, lines: [{ situation: 'greeting', text: '您好，{agent}号为您服务，{customer}。' }] })

let panel: VueWrapper
afterEach(() => panel.unmount())

async function open(read: boolean) {
  const server = serve({ 'GET /scripts': scripts(read), 'POST /scripts/acknowledge': { ok: true } })
  panel = await show(ScriptPanel)
  useSession().me = aMe()
  useLive().state = { ...EMPTY, eventId: 1, agents: { '8001': anAgent({ state: 'ringing' }) } }
  await flushPromises()
  return server
}

it('says the sentence of the moment with its names filled in', async () => {
  await open(true)
  expect(byId(panel, ids.panel).attributes('data-moment')).toBe('ringing')
  expect(byId(panel, `${ids.line}-greeting`).text()).toBe('您好，8001号为您服务，先生/女士。')
  expect(byId(panel, ids.news).exists()).toBe(false)
})

it('has new sentences acknowledged', async () => {
  const server = await open(false)
  expect(byId(panel, ids.news).text()).toContain('简化问候')
  await byId(panel, ids.read).trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/scripts/acknowledge')).toEqual([{ version: 3 }])
})
