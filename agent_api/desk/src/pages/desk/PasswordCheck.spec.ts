import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { EMPTY } from '@/live/apply'
import { useLive } from '@/stores/live'
import { useWorkspace } from '@/stores/workspace'
import { byId, serve, show } from '@/testing/desk'
import { aCall } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import PasswordCheck from './PasswordCheck.vue'

const call = aCall({ connected_at: '2026-11-21T02:28:00Z' })
const at = `/calls/${call.call_id}/password-menu`

let view: VueWrapper
afterEach(() => view.unmount())

async function open(answer: unknown = { ok: true }, shown = call) {
  const server = serve({ [`POST ${at}`]: answer })
  view = await show(PasswordCheck, { call: shown })
  useLive().state = { ...EMPTY, eventId: 1, myCall: shown }
  useWorkspace().show(shown)
  await flushPromises()
  return server
}

const ask = async () => {
  await byId(view, TESTIDS.password.ask).trigger('click')
  await flushPromises()
}

it.each(['pass', 'fail', 'locked'] as const)('waits for the caller and then says %s', async (result) => {
  const server = await open()
  await ask()
  expect(server.sent('POST', at)).toHaveLength(1)
  expect(byId(view, TESTIDS.password.state).attributes('data-state')).toBe('waiting')
  expect(byId(view, TESTIDS.password.ask).attributes('disabled')).toBeDefined()
  useLive().lastEvent = { type: 'call.password_checked', at: call.offered_at, call_id: call.call_id, result }
  await flushPromises()
  expect(byId(view, TESTIDS.password.state).attributes('data-state')).toBe(result)
  expect(byId(view, TESTIDS.password.ask).attributes('disabled')).toBeUndefined()
})

it('shows nothing when the caller could not be sent', async () => {
  await open({ status: 409, body: { code: 'call.wrong_state', message: '通话当前状态不允许此操作', detail: {} } })
  await ask()
  expect(byId(view, TESTIDS.password.state).exists()).toBe(false)
})

it('cannot be asked for before somebody talks, nor after', async () => {
  await open({}, aCall())
  expect(byId(view, TESTIDS.password.ask).attributes('disabled')).toBeDefined()
})
