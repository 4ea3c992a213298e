import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { EMPTY } from '@/live/apply'
import OverduePauses from '@/pages/floor/OverduePauses.vue'
import { useLive } from '@/stores/live'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe, anAgent, NOW } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import PauseClock from './PauseClock.vue'
import PauseMenu from './PauseMenu.vue'
import { useOverdueNotice } from './pauses'

const chimed = vi.hoisted(() => vi.fn())
vi.mock('@/ui/chime', () => ({ chime: chimed }))

let part: VueWrapper
beforeEach(() => vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] }))
afterEach(() => {
  part.unmount()
  document.body.innerHTML = ''
  chimed.mockClear()
  vi.useRealTimers()
})

const paused = (until: number) => anAgent({ state: 'paused', reason: 'break', pause_until: new Date(NOW + until * 1000).toISOString() })

function knows(agent: ReturnType<typeof anAgent>, me = aMe()): void {
  useSession().me = me
  useLive().state = { ...EMPTY, eventId: 1, agents: { [agent.agent_id]: agent } }
}

it('tells the agent what is left, warns near the end and says when it is over', async () => {
  part = await show(PauseClock)
  knows(paused(61))
  await flushPromises()
  const clock = () => byId(part, TESTIDS.state.pauseLeft)
  expect([clock().text(), clock().attributes('data-stage'), chimed.mock.calls.length]).toEqual(['剩余 01:01', 'calm', 0])
  await vi.advanceTimersByTimeAsync(2000)
  expect([clock().attributes('data-stage'), chimed.mock.calls.length]).toEqual(['near', 1])
  await vi.advanceTimersByTimeAsync(62_000)
  expect(clock().text()).toContain('已超时 00:03')
})

it('shows the limits where a pause is chosen', async () => {
  vi.useRealTimers()
  serve({ 'GET /agent/pause-limits': [{ reason: 'break', longest_seconds: 900, most_agents: 3, agents_paused: 3 }] })
  part = await show(PauseMenu, { busy: false, inCall: false })
  await byId(part, TESTIDS.state.pauseMenu).trigger('click')
  await flushPromises()
  await vi.waitFor(() => expect(document.body.textContent).toContain('最长 15 分钟 · 3/3 人'))
})

it('puts pauses that last too long on the floor, with the way to end them', async () => {
  const server = serve({ 'POST /supervision/agents/8001/ready': {} })
  part = await show(OverduePauses)
  knows(paused(-90), aMe({ agent_no: '8101' }))
  await flushPromises()
  const row = byId(part, `${TESTIDS.floor.overdueRow}-8001`)
  expect(row.text()).toContain('林晓雯 8001 小休超时')
  expect(row.text()).toContain('已超时 01:30')
  await row.find('button').trigger('click')
  await flushPromises()
  expect(server.sent('POST', '/supervision/agents/8001/ready')).toHaveLength(1)
})

it.each([
  ['8001', [], 1],
  ['8101', ['floor.supervise'], 1],
  ['8002', ['agent.work'], 0],
])('rings at the desk of %s', async (agentNo, permissions, rings) => {
  part = await show(defineComponent({ setup: useOverdueNotice, template: '<div/>' }))
  knows(paused(-1), aMe({ agent_no: agentNo, permissions }))
  const at = new Date(NOW).toISOString()
  useLive().lastEvent = { type: 'agent.pause_overdue', at, agent_id: '8001', reason: 'break', since: at, due: at }
  await flushPromises()
  expect(chimed).toHaveBeenCalledTimes(rings)
})
