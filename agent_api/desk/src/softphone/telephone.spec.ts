import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import type { Fact } from './machine'
import type { LockListener } from './tablock'
import { Telephone } from './telephone'

const world = vi.hoisted(() => ({
  asked: [] as string[],
  wire: (() => undefined) as (fact: Fact) => void,
  lock: {} as LockListener,
  microphone: null as string | null,
  account: (() => Promise.resolve({})) as () => Promise<unknown>,
}))
vi.mock('./sip', () => ({
  SipPhone: class {
    constructor(report: (fact: Fact) => void) {
      world.wire = report
    }
    start = () => world.asked.push('start')
    stop = () => world.asked.push('stop')
    unregister = () => world.asked.push('unregister')
  },
}))
vi.mock('./tablock', () => ({
  TabLock: class {
    constructor(_name: string, listener: LockListener) {
      world.lock = listener
    }
    acquire = () => world.asked.push('acquire')
    give = () => world.asked.push('give')
  },
}))
vi.mock('./audio', () => ({ Speaker: vi.fn(), checkMicrophone: () => Promise.resolve(world.microphone) }))
vi.mock('@/api/session', () => ({ softphoneAccount: () => world.account() }))

let facts: Fact[]
let talking: boolean
let telephone: Telephone
const last = () => facts.at(-1)

beforeEach(() => {
  Object.assign(world, { asked: [], microphone: null, account: () => Promise.resolve({}) })
  Object.defineProperty(navigator, 'locks', { value: {}, configurable: true })
  facts = []
  talking = false
  telephone = new Telephone((fact) => facts.push(fact), () => talking)
})

describe('starting', () => {
  it('registers when this tab got the lock', async () => {
    telephone.start('8001')
    world.lock.owned()
    await flushPromises()
    expect(world.asked).toEqual(['acquire', 'start'])
  })

  it('says what is missing before it asks for an account', async () => {
    world.microphone = 'no_microphone'
    await telephone.register()
    expect(last()).toEqual({ type: 'unavailable', reason: 'no_microphone' })
    expect(world.asked).toEqual([])
  })

  it('says why there is no account', async () => {
    world.account = () => Promise.reject(new ApiError('offline', 'desk.offline', ''))
    await telephone.register()
    expect(last()).toEqual({ type: 'unavailable', reason: 'offline' })
  })

  it('needs a secure context', () => {
    Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })
    telephone.start('8001')
    expect(last()).toEqual({ type: 'unavailable', reason: 'insecure_context' })
  })
})

describe('another tab takes the telephone', () => {
  beforeEach(() => {
    telephone.start('8001')
    world.asked.length = 0
  })

  it('between calls: at once', () => {
    world.lock.stolen()
    expect(world.asked).toEqual(['stop', 'acquire'])
    expect(last()).toEqual({ type: 'owned_elsewhere' })
  })

  it('during a call: the registration at once, the call when it is over', () => {
    talking = true
    world.lock.stolen()
    expect(world.asked).toEqual(['unregister', 'acquire'])
    world.wire({ type: 'ended', cause: 'Terminated' })
    expect(world.asked).toEqual(['unregister', 'acquire', 'stop'])
    expect(last()).toEqual({ type: 'owned_elsewhere' })
  })
})
