import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { serve, show } from '@/testing/desk'
import MentionInput from './MentionInput.vue'

let page: VueWrapper
afterEach(() => page.unmount())

it('asks for colleagues after an @, and for nobody before anything is typed', async () => {
  const server = serve({ 'GET /mentions/people': [{ agent_no: '8009', name: '冯嘉怡', center: '四川省客户服务中心' }] })
  page = await show(MentionInput, { modelValue: '' })
  const mention = page.findComponent({ name: 'ElMention' })
  mention.vm.$emit('search', '', '@')
  await flushPromises()
  expect(server.sent('GET', '/mentions/people')).toHaveLength(0)
  mention.vm.$emit('search', '嘉', '@')
  await flushPromises()
  expect(mention.props('options')).toEqual([{ value: '8009', label: '8009 冯嘉怡', center: '四川省客户服务中心' }])
})

it('lets Enter choose from the list before it sends', async () => {
  serve({})
  page = await show(MentionInput, { modelValue: '完成' })
  await page.find('input').trigger('keydown', { key: 'Enter' })
  expect(page.emitted('submit')).toHaveLength(1)
})
