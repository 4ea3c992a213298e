import { expect, it } from 'vitest'
import { byId, show } from '@/testing/desk'
import { TESTIDS } from '@/testids'
import CarriedForm from './CarriedForm.vue'

it('shows what it has a name for, and nothing without it', async () => {
  const details = { subs_name: '张三', is_media: 'yes', expected_result: '退费', announcement: '7' }
  const form = byId(await show(CarriedForm, { details }), TESTIDS.tickets.carried)
  expect(form.text()).toContain('张三')
  expect(form.text()).toContain('是')
  expect(form.text()).not.toContain('7')
  expect(byId(await show(CarriedForm, { details: {} }), TESTIDS.tickets.carried).exists()).toBe(false)
})
