import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import CalendarWarning from './CalendarWarning.vue'

const WARNING = '2027年的工作日安排尚未公布'
let part: VueWrapper
afterEach(() => part.unmount())

async function open(warning: string, permissions: string[]) {
  serve({ 'GET /working-days/official': { years: [2026], warning } })
  part = await show(CalendarWarning)
  useSession().me = aMe({ permissions })
  await flushPromises()
  return part.text()
}

it('warns who may enter working days', async () => {
  expect(await open(WARNING, ['calendar.edit'])).toContain(WARNING)
})

it('bothers nobody else, and nobody while all is known', async () => {
  expect(await open(WARNING, ['ticket.read'])).toBe('')
  part.unmount()
  expect(await open('', ['calendar.edit'])).toBe('')
})
