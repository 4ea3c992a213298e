import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import IdleLock from './IdleLock.vue'

let page: VueWrapper
beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

async function open(answers: Record<string, unknown> = {}) {
  const server = serve({ 'POST /session/lock': {}, 'POST /session/touch': {}, ...answers })
  page = await show(IdleLock)
  useSession().me = aMe({ idle_seconds: 60 })
  await flushPromises()
  return server
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  await flushPromises()
}

it('tells the server that somebody is there, not more often than needed', async () => {
  const server = await open()
  for (let second = 0; second < 50; second += 5) {
    window.dispatchEvent(new KeyboardEvent('keydown'))
    await pass(5000)
  }
  expect(server.sent('POST', '/session/touch')).toHaveLength(2)
  expect(server.sent('POST', '/session/lock')).toHaveLength(0)
})

it('locks when nobody touches it and opens with the password', async () => {
  const server = await open({ 'POST /session/unlock': { stage: 'open' } })
  await pass(65_000)
  expect(server.sent('POST', '/session/lock')).toHaveLength(1)
  await byId(page, TESTIDS.idle.password).setValue('secret')
  await byId(page, TESTIDS.idle.submit).trigger('submit')
  await flushPromises()
  expect(server.sent('POST', '/session/unlock')).toEqual([{ password: 'secret' }])
  expect(byId(page, TESTIDS.idle.lock).exists()).toBe(false)
})

it('covers itself when the server has locked it', async () => {
  await open({ 'GET /tickets': { status: 401, body: { code: 'auth.unfinished', message: '', detail: { stage: 'locked' } } } })
  const { api } = await import('@/api/client')
  await api.get('/tickets').catch(() => null)
  await flushPromises()
  expect(byId(page, TESTIDS.idle.lock).exists()).toBe(true)
  expect(useSession().expired).toBe(false)
})
