import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { byId, serve, show } from '@/testing/desk'
import { TESTIDS } from '@/testids'
import VoiceMessage from './VoiceMessage.vue'

const PATH = '/tickets/TS20261122000001/attachments/a1'
const attachment = { id: 'a1', kind: 'voice_message', seconds: 9, created_at: '2026-11-22T02:00:00Z' }

let message: VueWrapper
beforeEach(() => {
  // What a browser has and jsdom lacks: sound.
  vi.stubGlobal('AudioContext', class {
    decodeAudioData = () => Promise.resolve({ duration: 8.6, getChannelData: () => new Float32Array(100) })
    close = () => Promise.resolve()
  })
  URL.createObjectURL = () => 'blob:sound'
  URL.revokeObjectURL = () => undefined
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(function (this: HTMLMediaElement) {
    this.dispatchEvent(new Event('play'))
    return Promise.resolve()
  })
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(function (this: HTMLMediaElement) {
    this.dispatchEvent(new Event('pause'))
  })
})
afterEach(() => message.unmount())

async function open(answer: unknown = {}) {
  const server = serve({ [`GET ${PATH}`]: answer })
  message = await show(VoiceMessage, { ticketNo: 'TS20261122000001', attachment })
  return server
}

const listen = async () => {
  await byId(message, TESTIDS.sound.open).trigger('click')
  await flushPromises()
}
const player = () => byId(message, TESTIDS.sound.player)

it('is fetched only when somebody wants to hear it', async () => {
  const server = await open()
  expect(server.sent('GET', PATH)).toHaveLength(0)
  await listen()
  expect(server.sent('GET', PATH)).toHaveLength(1)
  expect([player().attributes('data-playing'), byId(message, TESTIDS.sound.time).text()]).toEqual(['true', '00:00 / 00:08'])
})

it('space stops and goes on', async () => {
  await open()
  await listen()
  await player().trigger('keydown', { key: ' ' })
  expect(player().attributes('data-playing')).toBe('false')
  await player().trigger('keydown', { key: ' ' })
  expect(player().attributes('data-playing')).toBe('true')
})

it('the arrows jump, not beyond the end', async () => {
  await open()
  await listen()
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await player().trigger('keydown', { key })
  expect(byId(message, TESTIDS.sound.time).text()).toBe('00:03 / 00:08')
})

it('can be asked for again when it could not be had', async () => {
  await open({ status: 404, body: { code: 'not_found', message: '没有找到', detail: {} } })
  await listen()
  expect(byId(message, TESTIDS.sound.open).exists()).toBe(true)
})
