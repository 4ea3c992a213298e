import { beforeEach, expect, it } from 'vitest'
import { chooseDevices, deskSession, devices, rememberCall, rememberedCall, seat } from './seat'

beforeEach(() => {
  sessionStorage.clear()
  localStorage.clear()
})

it('is the same desk over a reload, and another one in another tab', () => {
  const first = deskSession()
  expect(first).toMatch(/^[0-9a-f]{32}$/)
  expect(deskSession()).toBe(first)
  sessionStorage.clear()
  expect(deskSession()).not.toBe(first)
})

it('rings everywhere unless the agent wants otherwise', () => {
  expect(devices()).toEqual(['browser', 'phone'])
  chooseDevices(['phone'])
  expect(seat().devices).toEqual(['phone'])
  chooseDevices([])
  expect(devices()).toEqual(['browser', 'phone'])
})

it('remembers the call it is in until it is over', () => {
  rememberCall('n1-1.1')
  expect(rememberedCall()).toBe('n1-1.1')
  rememberCall('')
  expect(rememberedCall()).toBe('')
})
