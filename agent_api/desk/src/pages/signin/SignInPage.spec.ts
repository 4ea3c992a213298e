import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import SignInPage from './SignInPage.vue'

let page: VueWrapper
afterEach(() => page.unmount())

async function signIn(agentNo: string, password: string): Promise<void> {
  await byId(page, TESTIDS.signIn.agentNo).setValue(agentNo)
  await byId(page, TESTIDS.signIn.password).setValue(password)
  await byId(page, TESTIDS.signIn.form).trigger('submit')
  await flushPromises()
}

it('asks for a number and a password before it asks the server', async () => {
  const server = serve({})
  page = await show(SignInPage)
  await signIn('12', '')
  await vi.waitFor(() => expect(page.text()).toContain('请输入 4 至 6 位数字的工号'))
  expect(page.text()).toContain('请输入密码')
  expect(server.sent('POST', '/session')).toEqual([])
})

it('says that the password was wrong and empties it', async () => {
  serve({ 'POST /session': { status: 401, body: { code: 'auth.wrong', message: '工号或密码错误', detail: {} } } })
  page = await show(SignInPage)
  await signIn('8001', 'wrong')
  expect(byId(page, TESTIDS.signIn.error).text()).toContain('工号或密码错误')
  expect((byId(page, TESTIDS.signIn.password).element as HTMLInputElement).value).toBe('')
})

it('says until when an account is locked', async () => {
  const until = new Date(2026, 10, 21, 11, 30).toISOString()
  serve({ 'POST /session': { status: 403, body: { code: 'auth.locked', message: '', detail: { until } } } })
  page = await show(SignInPage)
  await signIn('8001', 'wrong')
  expect(byId(page, TESTIDS.signIn.error).text()).toContain('2026-11-21 11:30')
})

it('logs the agent in at the call distribution, and does not mind when that fails', async () => {
  const server = serve({ 'POST /session': aMe(), 'POST /agent/login': { status: 503, body: { code: 'unavailable' } } })
  page = await show(SignInPage)
  await signIn('8001', 'right')
  expect(server.sent('POST', '/session')).toEqual([{ agent_no: '8001', password: 'right' }])
  expect(server.sent('POST', '/agent/login')).toHaveLength(1)
  expect(byId(page, TESTIDS.signIn.error).exists()).toBe(false)
})

it('logs nobody in who takes no calls', async () => {
  const server = serve({ 'POST /session': aMe({ queues: [] }) })
  page = await show(SignInPage)
  await signIn('9001', 'right')
  expect(server.sent('POST', '/agent/login')).toEqual([])
})
