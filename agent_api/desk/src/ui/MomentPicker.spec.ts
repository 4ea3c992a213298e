import { mount } from '@vue/test-utils'
import { ElDatePicker } from 'element-plus'
import { afterEach, expect, it } from 'vitest'
import MomentPicker from './MomentPicker.vue'
import { setZone } from './zone'

afterEach(() => setZone(undefined))

function shownIn(zone: string, modelValue: string | null) {
  setZone(zone)
  const picker = mount(MomentPicker, { props: { modelValue }, global: { components: { ElDatePicker } } })
  return { picker, calendar: picker.getComponent(ElDatePicker) }
}

it('shows an instant in the time of the centre', () => {
  expect(shownIn('Asia/Shanghai', '2026-11-21T17:05:00Z').calendar.props('modelValue')).toBe('2026-11-22 01:05:00')
  expect(shownIn('America/New_York', '2026-11-21T17:05:00Z').calendar.props('modelValue')).toBe('2026-11-21 12:05:00')
  expect(shownIn('Asia/Shanghai', null).calendar.props('modelValue')).toBe('')
})

it('gives the instant at which the centre has the chosen time', () => {
  const { picker, calendar } = shownIn('Asia/Shanghai', null)
  calendar.vm.$emit('update:modelValue', '2026-11-22 01:05:00')
  calendar.vm.$emit('update:modelValue', null)
  expect(picker.emitted('update:modelValue')).toEqual([['2026-11-21T17:05:00.000Z'], [null]])
})
