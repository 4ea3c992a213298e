import { beforeEach, describe, expect, it } from 'vitest'
import { LiveConnection, type LinkStatus } from './connection'
import type { LiveMessage } from './messages'

class FakeSocket {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  closed = false
  constructor(readonly url: string) {}
  close(): void {
    this.closed = true
  }
}

let sockets: FakeSocket[]
let timers: Map<number, { ms: number; run: () => void }>
let statuses: LinkStatus[]
let messages: LiveMessage[]
let lastId: number
let connection: LiveConnection

const socket = () => sockets[sockets.length - 1] as FakeSocket
const pauses = () => [...timers.values()].map((timer) => timer.ms)
function fire(match: (ms: number) => boolean): void {
  const found = [...timers].find(([, timer]) => match(timer.ms))
  if (!found) throw new Error('no such timer')
  timers.delete(found[0])
  found[1].run()
}

beforeEach(() => {
  sockets = []
  timers = new Map()
  statuses = []
  messages = []
  lastId = 0
  let next = 0
  const around = {
    open: (url: string) => {
      sockets.push(new FakeSocket(url))
      return socket() as unknown as WebSocket
    },
    later: (ms: number, run: () => void) => {
      timers.set(++next, { ms, run })
      return next
    },
    cancel: (timer: number) => void timers.delete(timer),
    random: () => 1,
  }
  const listener = {
    status: (status: LinkStatus) => statuses.push(status),
    message: (message: LiveMessage) => messages.push(message),
    lastEventId: () => lastId,
  }
  connection = new LiveConnection('ws://desk/live', listener as never, around)
  connection.start()
})

describe('the live connection', () => {
  it('asks for everything first, and to go on after a break', () => {
    expect(socket().url).toBe('ws://desk/live')
    socket().onopen?.()
    lastId = 42
    socket().onclose?.({ code: 1006 })
    fire((ms) => ms === 500)
    expect(socket().url).toBe('ws://desk/live?last_event_id=42')
    socket().onopen?.()
    expect(statuses).toEqual(['connecting', 'online', 'lost', 'lost', 'online'])
  })

  it('waits longer after each failure, up to a limit', () => {
    const seen: number[] = []
    for (let attempt = 0; attempt < 7; attempt++) {
      socket().onclose?.({ code: 1006 })
      seen.push(...pauses())
      fire(() => true)
    }
    expect(seen).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000])
  })

  it('gives messages on, keeps pings for itself', () => {
    socket().onopen?.()
    socket().onmessage?.({ data: '{"type":"ping"}' })
    socket().onmessage?.({ data: '{"type":"pop","event_id":7,"call":{}}' })
    expect(messages.map((message) => message.type)).toEqual(['pop'])
  })

  it('takes a silent wire for dead', () => {
    socket().onopen?.()
    fire((ms) => ms > 40_000)
    expect(sockets[0]?.closed).toBe(true)
    expect(statuses.at(-1)).toBe('lost')
    expect(pauses()).toEqual([500])
  })

  it('stays closed when the session is over', () => {
    socket().onclose?.({ code: 4401 })
    expect(statuses.at(-1)).toBe('signed_out')
    expect(timers.size).toBe(0)
  })

  it('leaves no timer and no socket when stopped', () => {
    socket().onopen?.()
    connection.stop()
    expect(timers.size).toBe(0)
    expect(socket().closed).toBe(true)
    expect(socket().onclose).toBeNull()
  })

  it('tries at once when asked', () => {
    socket().onclose?.({ code: 1006 })
    connection.retryNow()
    expect(sockets).toHaveLength(2)
    expect(timers.size).toBe(0)
  })
})
