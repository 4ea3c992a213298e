import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { ApiError } from '@/api/client'
import { byId, serve, show } from '@/testing/desk'
import { TESTIDS } from '@/testids'
import ViewState from './ViewState.vue'

const failed = new ApiError('failed', 'internal', '系统内部错误')

it.each([
  ['loading', TESTIDS.view.loading, ''],
  ['empty', TESTIDS.view.empty, '暂无数据'],
  ['error', TESTIDS.view.error, '系统内部错误'],
  ['forbidden', TESTIDS.view.error, '没有查看此内容的权限'],
  ['not_configured', TESTIDS.view.notConfigured, '尚未配置'],
  ['offline', TESTIDS.view.offline, '连接已中断'],
])('%s', async (status, testId, words) => {
  serve({})
  const view = await show(ViewState, { status, error: status === 'error' ? failed : null })
  await flushPromises()
  expect(byId(view, testId).text()).toContain(words)
  view.unmount()
})
