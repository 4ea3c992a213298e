import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { ApiError, type ErrorKind } from '@/api/client'
import { useLive } from '@/stores/live'
import { useResource } from './resource'

const settled = () => new Promise((resolve) => setTimeout(resolve))
const fail = (kind: ErrorKind) => Promise.reject(new ApiError(kind, 'x', ''))

beforeEach(() => setActivePinia(createPinia()))

function load<T>(job: () => Promise<T>, isEmpty?: (value: T) => boolean) {
  return effectScope().run(() => useResource(job, isEmpty)) as ReturnType<typeof useResource<T>>
}

it('is loading, then ready or empty', async () => {
  const one = load(() => Promise.resolve([1]), (rows) => rows.length === 0)
  const none = load(() => Promise.resolve([]), (rows) => rows.length === 0)
  expect(one.status.value).toBe('loading')
  await settled()
  expect([one.status.value, none.status.value]).toEqual(['ready', 'empty'])
})

it.each([
  ['offline', 'offline'],
  ['forbidden', 'forbidden'],
  ['not_configured', 'not_configured'],
  ['failed', 'error'],
] as const)('%s shows as %s', async (kind, status) => {
  const resource = load(() => fail(kind))
  await settled()
  expect(resource.status.value).toBe(status)
})

it('keeps what it has when a later load fails, and says so', async () => {
  const answers = vi.fn().mockResolvedValueOnce('old').mockImplementationOnce(() => fail('offline'))
  const resource = load<string>(answers)
  await settled()
  await resource.reload()
  expect([resource.data.value, resource.status.value, resource.error.value?.kind]).toEqual(['old', 'ready', 'offline'])
})

it('loads again by itself when the connection is back', async () => {
  const answers = vi.fn().mockImplementationOnce(() => fail('offline')).mockResolvedValueOnce('new')
  const resource = load<string>(answers)
  await settled()
  useLive().status = 'online'
  await nextTick()
  await settled()
  expect(resource.data.value).toBe('new')
})

it('a late answer does not replace a newer one', async () => {
  let finishFirst: (value: string) => void = () => undefined
  const answers = vi.fn().mockImplementationOnce(() => new Promise((resolve) => (finishFirst = resolve))).mockResolvedValueOnce('second')
  const resource = load<string>(answers)
  await resource.reload()
  finishFirst('first')
  await settled()
  expect(resource.data.value).toBe('second')
})
