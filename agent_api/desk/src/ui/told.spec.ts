import { expect, it, vi } from 'vitest'

const { ElNotification, close } = vi.hoisted(() => {
  const close = vi.fn()
  return { close, ElNotification: vi.fn(() => ({ close })) }
})
vi.mock('element-plus', () => ({ ElNotification }))
import { listIsOpen, tell } from './told'

it('tells at the edge of the screen, but not over the open list', () => {
  tell('info', '甲提到您', '请今天回复')
  expect(ElNotification).toHaveBeenCalledWith(expect.objectContaining({ type: 'info', title: '甲提到您', message: '请今天回复' }))
  listIsOpen(true)
  expect(close).toHaveBeenCalledOnce()
  tell('info', '甲提到您', '再看一下')
  expect(ElNotification).toHaveBeenCalledOnce()
  listIsOpen(false)
  tell('warning', 'TS1', '即将超时')
  expect(ElNotification).toHaveBeenCalledTimes(2)
})
