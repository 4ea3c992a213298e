import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { useSoftphone } from '@/stores/softphone'
import { byId, serve, show } from '@/testing/desk'
import { TESTIDS } from '@/testids'
import type { Fact } from './machine'
import SoftphoneBar from './SoftphoneBar.vue'

// The wire is left out: the test plays JsSIP's part, and sees what the buttons ask of it.
const wire = vi.hoisted(() => ({ report: (() => undefined) as (fact: Fact) => void, asked: [] as string[] }))
vi.mock('./sip', () => ({
  SipPhone: class {
    constructor(report: (fact: Fact) => void) {
      wire.report = report
    }
    answer = () => wire.asked.push('answer')
    hangUp = () => wire.asked.push('hangUp')
    setHeld = (held: boolean) => wire.asked.push(`held ${held}`)
    setMuted = (muted: boolean) => wire.asked.push(`muted ${muted}`)
    sendTone = (tone: string) => wire.asked.push(tone)
  },
}))

let bar: VueWrapper
const tell = async (...facts: Fact[]) => {
  facts.forEach((fact) => wire.report(fact))
  await nextTick()
}
const press = (testId: string) => byId(bar, testId).trigger('click')
const incoming: Fact = { type: 'incoming', callId: 'n1-1.1', party: '139****0001' }

beforeEach(async () => {
  wire.asked = []
  sessionStorage.clear()
  vi.stubGlobal('AudioContext', class {
    state = 'running'
    currentTime = 0
    resume = () => Promise.resolve()
    suspend = () => Promise.resolve()
    createGain = () => ({ gain: { setValueAtTime: () => 0, setTargetAtTime: () => 0 }, connect: () => 0 })
  })
  vi.stubGlobal('OscillatorNode', class {
    connect = () => 0
    start = () => 0
    stop = () => 0
  })
  serve({})
  bar = await show(SoftphoneBar)
})
afterEach(() => bar.unmount())

describe('the line in plain words', () => {
  it.each([
    [{ type: 'connecting' }, '正在注册'],
    [{ type: 'registered' }, '电话已就绪'],
    [{ type: 'disconnected' }, '正在重连'],
    [{ type: 'owned_elsewhere' }, '另一个标签页正在使用电话'],
    [{ type: 'unavailable', reason: 'no_microphone' }, '电话不可用'],
  ] as [Fact, string][])('%j', async (fact, words) => {
    await tell(fact)
    expect(byId(bar, TESTIDS.softphone.line).text()).toContain(words)
  })
})

describe('a call', () => {
  it('rings, is answered, muted, held and ended', async () => {
    await tell({ type: 'registered' }, incoming)
    expect(byId(bar, TESTIDS.softphone.party).text()).toBe('139****0001')
    await press(TESTIDS.softphone.answer)
    await tell({ type: 'answered' })
    await press(TESTIDS.softphone.mute)
    await tell({ type: 'muted' })
    await press(TESTIDS.softphone.mute)
    await press(TESTIDS.softphone.hold)
    await tell({ type: 'held' })
    await press(TESTIDS.softphone.hold)
    await press(TESTIDS.softphone.hangUp)
    expect(wire.asked).toEqual(['answer', 'muted true', 'muted false', 'held true', 'held false', 'hangUp'])
  })

  it('stays usable while the wire is down', async () => {
    await tell({ type: 'registered' }, incoming, { type: 'answered' }, { type: 'disconnected' })
    expect(byId(bar, TESTIDS.softphone.bar).attributes()).toMatchObject({ 'data-line': 'lost', 'data-phase': 'talking' })
    expect(byId(bar, TESTIDS.softphone.hangUp).exists()).toBe(true)
  })

  it('is answered by itself only when the agent wants that', async () => {
    const softphone = useSoftphone()
    await tell({ type: 'registered' }, incoming)
    expect(wire.asked).toEqual([])
    await tell({ type: 'ended', cause: 'Canceled' })
    softphone.setAutoAnswer(true)
    await tell({ ...incoming, callId: 'n1-2.2' } as Fact)
    expect(wire.asked).toEqual(['answer'])
  })

  it('is answered by itself when the caller was kept for us', async () => {
    await tell({ type: 'registered' }, { ...incoming, returning: true } as Fact)
    expect(wire.asked).toEqual(['answer'])
    await tell({ type: 'answered' }, { type: 'ended', cause: 'Terminated' }, { type: 'incoming', callId: 'n1-3.3', party: '' })
    expect(wire.asked).toEqual(['answer'])
  })

  it('that a reload tore is known by its number when it comes back', async () => {
    sessionStorage.setItem('desk.call', 'n1-1.1')
    await tell({ type: 'registered' }, incoming)
    expect(wire.asked).toEqual(['answer'])
    await tell({ type: 'answered' }, { type: 'ended', cause: 'Terminated' })
    expect(sessionStorage.getItem('desk.call')).toBeNull()
  })

  it('is let go when the server says it is over and the wire is down', async () => {
    const softphone = useSoftphone()
    await tell({ type: 'registered' }, incoming, { type: 'answered' })
    softphone.callOver('n1-1.1')
    expect(wire.asked).toEqual([])
    await tell({ type: 'disconnected' })
    softphone.callOver('other')
    softphone.callOver('n1-1.1')
    expect(wire.asked).toEqual(['hangUp'])
  })
})
