import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import IdleLock from '@/shell/IdleLock.vue'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import ChangePassword from './ChangePassword.vue'
import EnrolFactor from './EnrolFactor.vue'
import SignInPage from './SignInPage.vue'

let part: VueWrapper
afterEach(() => {
  part.unmount()
  vi.useRealTimers()
})

it('asks for the one-time code only when the server does', async () => {
  const server = serve({ 'POST /session': { status: 401, body: { code: 'auth.code_required', message: '请输入动态验证码', detail: {} } } })
  part = await show(SignInPage)
  expect(byId(part, TESTIDS.signIn.code).exists()).toBe(false)
  await byId(part, TESTIDS.signIn.agentNo).setValue('8101')
  await byId(part, TESTIDS.signIn.password).setValue('right')
  await byId(part, TESTIDS.signIn.form).trigger('submit')
  await flushPromises()
  await byId(part, TESTIDS.signIn.code).setValue('123456')
  await byId(part, TESTIDS.signIn.form).trigger('submit')
  await flushPromises()
  expect(server.sent('POST', '/session')).toEqual([{ agent_no: '8101', password: 'right' }, { agent_no: '8101', password: 'right', code: '123456' }])
})

it('changes a password that was typed twice alike', async () => {
  const server = serve({ 'PUT /session/password': { stage: 'enrol' } })
  part = await show(ChangePassword)
  for (const [id, text] of [[TESTIDS.steps.old, 'a'], [TESTIDS.steps.next, 'Xiaoxi#2026a'], [TESTIDS.steps.again, 'Xiaoxi#2026b']] as const) await byId(part, id).setValue(text)
  expect(byId(part, TESTIDS.steps.save).attributes('disabled')).toBeDefined()
  await byId(part, TESTIDS.steps.again).setValue('Xiaoxi#2026a')
  await byId(part, TESTIDS.steps.save).trigger('submit')
  await flushPromises()
  expect(server.sent('PUT', '/session/password')).toEqual([{ old: 'a', new: 'Xiaoxi#2026a' }])
  expect(part.emitted('done')).toEqual([['enrol']])
})

it('shows the code to scan, then the recovery codes once', async () => {
  serve({ 'POST /session/second-factor': { secret: 'ABC', uri: 'otpauth://totp/x', picture: '<svg width="9"/>' }, 'POST /session/second-factor/confirm': { codes: ['aaaaaa-bbbbbb'], stage: 'open' } })
  part = await show(EnrolFactor)
  await flushPromises()
  expect(byId(part, TESTIDS.steps.picture).attributes('src')).toContain('data:image/svg+xml')
  await byId(part, TESTIDS.steps.code).setValue('123456')
  await byId(part, TESTIDS.steps.confirm).trigger('submit')
  await flushPromises()
  expect(byId(part, TESTIDS.steps.recovery).text()).toContain('aaaaaa-bbbbbb')
  await byId(part, TESTIDS.steps.goOn).trigger('click')
  expect(part.emitted('done')).toEqual([['open']])
})

it('locks an idle desk, and opens it with the password', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
  const server = serve({ 'POST /session/lock': {}, 'POST /session/unlock': { stage: 'open' } })
  part = await show(IdleLock)
  useSession().me = aMe({ idle_seconds: 60 })
  await vi.advanceTimersByTimeAsync(50_000)
  window.dispatchEvent(new Event('pointerdown'))
  await vi.advanceTimersByTimeAsync(50_000)
  expect(server.sent('POST', '/session/lock')).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(20_000)
  await flushPromises()
  expect(server.sent('POST', '/session/lock')).toHaveLength(1)
  await byId(part, TESTIDS.idle.password).setValue('right')
  await byId(part, TESTIDS.idle.submit).trigger('submit')
  await flushPromises()
  expect(byId(part, TESTIDS.idle.lock).exists()).toBe(false)
})
