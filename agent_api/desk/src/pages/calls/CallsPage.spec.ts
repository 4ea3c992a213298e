import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { byId, serve, show } from '@/testing/desk'
import { aCall } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import CallsPage from './CallsPage.vue'

let page: VueWrapper
afterEach(() => page.unmount())

it('lets the server look, and goes on where a page ends', async () => {
  const server = serve({ 'POST /calls/search': { items: [aCall()], next: 'x1' } })
  page = await show(CallsPage)
  await flushPromises()
  await byId(page, TESTIDS.calls.number).setValue('0001')
  await byId(page, TESTIDS.calls.ticket).setValue('TS20261121000001')
  await byId(page, TESTIDS.calls.filter).trigger('submit')
  await flushPromises()
  await byId(page, TESTIDS.calls.more).trigger('click')
  await flushPromises()
  const asked = server.sent('POST', '/calls/search') as Record<string, unknown>[]
  expect(asked[1]).toEqual({ number: '0001', agent_no: '', queue: '', ticket_no: 'TS20261121000001', result: null, begins: null, ends: null })
  expect(asked[2]).toEqual({ ...asked[1], before: 'x1' })
  expect(page.findAll(`[data-testid="${TESTIDS.calls.row}"]`)).toHaveLength(2)
})
