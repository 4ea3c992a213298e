import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { ElMessageBox } from 'element-plus'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { byId, serve, show } from '@/testing/desk'
import { TESTIDS } from '@/testids'
import type { Recording } from './api'
import CallRecording from './CallRecording.vue'
import * as sides from './sides'
import * as waves from './wave'

const ID = 'n1-1763764000.12'
const IDS = TESTIDS.recording

const aRecording = (over: Partial<Recording> = {}): Recording => ({
  id: ID,
  call_id: ID,
  state: 'stored',
  started_at: '2026-11-21T02:27:21Z',
  seconds: 61.5,
  agents: ['8001', '8002'],
  center_id: 'js',
  pauses: [{ from_ms: 12_000, to_ms: 21_500, reason: 'secret' }],
  sha256: 'ab',
  held: false,
  held_reason: '',
  may_play: true,
  may_export: false,
  may_hold: false,
  ...over,
})

// What a browser has and jsdom lacks: sound and a canvas.
let told: waves.Told
let shown: waves.Shown
const wave = { media: new Audio(), toggle: vi.fn(), seek: vi.fn(), speed: vi.fn(), close: vi.fn() }
const heard = { choose: vi.fn(), wake: vi.fn(), close: vi.fn() }
let view: VueWrapper

beforeEach(() => {
  vi.clearAllMocks()
  vi.spyOn(waves, 'openWave').mockImplementation((_box, what, listener) => {
    ;[shown, told] = [what, listener]
    return wave
  })
  vi.spyOn(sides, 'splitSides').mockReturnValue(heard)
})
afterEach(() => view.unmount())

async function open(recording: Recording | null, more: Record<string, unknown> = {}, props: Record<string, unknown> = {}) {
  const server = serve({
    'GET /recordings': { items: recording ? [recording] : [] },
    [`GET /recordings/${ID}/peaks`]: { seconds: 61.5, customer: [0, 255], agent: [10, 20] },
    ...more,
  })
  view = await show(CallRecording, { callId: ID, ...props })
  await flushPromises()
  return server
}

async function listen() {
  await byId(view, IDS.open).trigger('click')
  await flushPromises()
}

const key = (name: string, more = {}) => byId(view, IDS.player).trigger('keydown', { key: name, ...more })

it('says when a call was not recorded', async () => {
  await open(null)
  expect([byId(view, IDS.box).attributes('data-state'), view.text()]).toEqual(['none', '本次通话没有录音'])
})

it('beside something else says nothing when there is none', async () => {
  await open(null, {}, { quiet: true })
  expect(byId(view, IDS.box).exists()).toBe(false)
})

it.each([
  ['recording', '录音中'],
  ['waiting', '正在保存'],
  ['lost', '录音丢失'],
  ['purged', '已到期删除'],
] as const)('tells what became of it: %s', async (state, words) => {
  await open(aRecording({ state, may_play: false }))
  expect(view.text()).toContain(words)
  expect(byId(view, IDS.open).exists()).toBe(false)
})

it('is not offered to who may not hear it', async () => {
  await open(aRecording({ may_play: false }))
  expect([byId(view, IDS.open).exists(), view.text().includes('没有收听')]).toEqual([false, true])
})

it('shows both sides and the pauses, and asks for the shape only when somebody listens', async () => {
  const server = await open(aRecording())
  expect(server.sent('GET', `/recordings/${ID}/peaks`)).toHaveLength(0)
  await listen()
  expect(shown).toEqual({
    url: `/api/v1/recordings/${ID}/audio`,
    seconds: 61.5,
    sides: [[0, 255], [10, 20]],
    marks: [{ from: 12, to: 21.5, label: '暂停录音' }],
  })
})

it('plays, jumps and changes its speed by keys', async () => {
  await open(aRecording())
  await listen()
  told.at(20)
  await key(' ')
  expect([wave.toggle.mock.calls.length, heard.wake.mock.calls.length]).toEqual([1, 1])
  await key('ArrowLeft')
  await key('ArrowRight', { shiftKey: true })
  await key('Home')
  expect(wave.seek.mock.calls.flat()).toEqual([15, 50, 0])
  for (const name of ['ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await key(name)
  expect(wave.speed.mock.calls.flat()).toEqual([1.25, 1, 0.75, 0.75])
})

it('shows where it is and that it plays', async () => {
  await open(aRecording())
  await listen()
  told.at(61.5)
  told.playing(true)
  await flushPromises()
  expect([byId(view, IDS.time).text(), byId(view, IDS.player).attributes('data-playing')]).toEqual(['01:01 / 01:01', 'true'])
})

it('one side can be heard alone', async () => {
  await open(aRecording())
  await listen()
  await key(' ')
  await byId(view, `${IDS.side}-agent`).find('input').setValue(true)
  expect(heard.choose.mock.calls.flat()).toEqual(['both', 'agent'])
})

it('says when it cannot be played', async () => {
  await open(aRecording())
  await listen()
  told.failed()
  await flushPromises()
  expect(view.text()).toContain('录音无法播放')
})

it('is held for a reason', async () => {
  vi.spyOn(ElMessageBox, 'prompt').mockResolvedValue({ value: '法院调取', action: 'confirm' } as never)
  const server = await open(aRecording({ may_hold: true }), { [`POST /recordings/${ID}/hold`]: aRecording({ held: true }) })
  await byId(view, IDS.hold).trigger('click')
  await flushPromises()
  expect(server.sent('POST', `/recordings/${ID}/hold`)).toEqual([{ reason: '法院调取' }])
  expect(server.sent('GET', '/recordings')).toHaveLength(2)
})

it('is not exported without a reason', async () => {
  vi.spyOn(ElMessageBox, 'prompt').mockRejectedValue('cancel')
  const server = await open(aRecording({ may_export: true }))
  await byId(view, IDS.export).trigger('click')
  await flushPromises()
  expect(server.sent('POST', `/recordings/${ID}/export`)).toHaveLength(0)
})

it('another call shows its own recording', async () => {
  await open(aRecording())
  await listen()
  await view.setProps({ callId: 'n1-1763764000.99' })
  await flushPromises()
  expect([byId(view, IDS.player).exists(), wave.close.mock.calls.length]).toEqual([false, 1])
})
