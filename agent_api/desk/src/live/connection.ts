// Keeps one WebSocket to the server: reconnects with growing, jittered pauses and asks to go on after the last message.
// It must not interpret messages beyond the ping: apply.ts does.
import type { LiveMessage, ServerMessage } from './messages'

export type LinkStatus = 'connecting' | 'online' | 'lost' | 'signed_out'

export interface LinkListener {
  status(status: LinkStatus): void
  message(message: LiveMessage): void
  /** Number of the last message applied, to go on after it. */
  lastEventId(): number
}

/** What differs between the browser and a test. */
export interface Surroundings {
  open(url: string): WebSocket
  later(ms: number, run: () => void): number
  cancel(timer: number): void
  random(): number
}

export const BROWSER: Surroundings = {
  open: (url) => new WebSocket(url),
  later: (ms, run) => window.setTimeout(run, ms),
  cancel: (timer) => window.clearTimeout(timer),
  random: Math.random,
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 8_000
// The server pings every 20 s. A wire that says nothing for longer than two pings is dead even if TCP has not noticed.
const SILENCE_MS = 50_000
// Close codes of the server: the session is over, trying again makes no sense.
const SIGNED_OUT = new Set([4401, 4403])

export class LiveConnection {
  private socket: WebSocket | null = null
  private failures = 0
  private retry: number | undefined
  private silence: number | undefined
  private stopped = true

  constructor(
    private readonly url: string,
    private readonly listener: LinkListener,
    private readonly around: Surroundings = BROWSER,
  ) {}

  start(): void {
    this.stopped = false
    this.open()
  }

  stop(): void {
    this.stopped = true
    this.forget()
  }

  /** Try at once instead of waiting out the pause (the network came back, the agent pressed the button). */
  retryNow(): void {
    if (this.stopped || this.socket) return
    this.failures = 0
    this.open()
  }

  private open(): void {
    this.forget()
    this.listener.status(this.failures === 0 ? 'connecting' : 'lost')
    const last = this.listener.lastEventId()
    const joint = this.url.includes('?') ? '&' : '?'
    const socket = this.around.open(last > 0 ? `${this.url}${joint}last_event_id=${last}` : this.url)
    this.socket = socket
    socket.onopen = () => this.onOpen()
    socket.onmessage = ({ data }) => this.onMessage(String(data))
    socket.onclose = ({ code }) => this.onClose(code)
  }

  private onOpen(): void {
    this.failures = 0
    this.watchSilence()
    this.listener.status('online')
  }

  private onMessage(data: string): void {
    this.watchSilence()
    const message = JSON.parse(data) as ServerMessage
    if (message.type !== 'ping') this.listener.message(message)
  }

  private onClose(code: number): void {
    this.forget()
    if (this.stopped) return
    if (SIGNED_OUT.has(code)) {
      this.stopped = true
      return this.listener.status('signed_out')
    }
    this.failures += 1
    this.listener.status('lost')
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.failures - 1))
    this.retry = this.around.later(pause * (0.5 + this.around.random() / 2), () => this.open())
  }

  private watchSilence(): void {
    if (this.silence !== undefined) this.around.cancel(this.silence)
    this.silence = this.around.later(SILENCE_MS, () => this.onClose(0))
  }

  private forget(): void {
    for (const timer of [this.retry, this.silence]) if (timer !== undefined) this.around.cancel(timer)
    this.retry = this.silence = undefined
    if (!this.socket) return
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null
    this.socket.close()
    this.socket = null
  }
}
