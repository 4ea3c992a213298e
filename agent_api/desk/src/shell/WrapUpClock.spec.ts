import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { EMPTY } from '@/live/apply'
import { useLive } from '@/stores/live'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe, anAgent } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import WrapUpClock from './WrapUpClock.vue'

let clock: VueWrapper
afterEach(() => clock.unmount())

async function open(state: 'wrap_up' | 'ready') {
  const server = serve({ 'POST /agent/wrap-up': {} })
  clock = await show(WrapUpClock, { busy: false })
  useSession().me = aMe()
  useLive().state = { ...EMPTY, agents: { 8001: anAgent({ state, wrap_up_until: new Date(Date.now() + 20_500).toISOString() }) } }
  await flushPromises()
  return server
}

it('counts down, and asks for one more minute', async () => {
  const server = await open('wrap_up')
  expect(byId(clock, TESTIDS.state.wrapUpLeft).text()).toBe('00:20')
  await byId(clock, TESTIDS.state.wrapUpMore).trigger('click')
  await flushPromises()
  const [sent] = server.sent('POST', '/agent/wrap-up') as { seconds: number }[]
  expect(Math.abs((sent?.seconds ?? 0) - 80)).toBeLessThanOrEqual(1)
})

it('is done when the agent says so', async () => {
  await open('wrap_up')
  await byId(clock, TESTIDS.state.wrapUpDone).trigger('click')
  expect(clock.emitted('done')).toHaveLength(1)
})

it('is not there at other times', async () => {
  await open('ready')
  expect(byId(clock, TESTIDS.state.wrapUpLeft).exists()).toBe(false)
})
