// The only user of JsSIP: turns its callbacks into facts of machine.ts and carries out what the agent asks for.
// It must not know the server's HTTP interface or the live connection: a call outlives both.
import { UA, WebSocketInterface } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'
import type { IncomingRTCSessionEvent, OutgoingRTCSessionEvent } from 'jssip/lib/UA'
import type { SoftphoneAccount } from '@/api/types'
import { maskNumber } from '@/ui/format'
import type { Fact } from './machine'

export interface Media {
  /** Constraints of the chosen microphone. */
  microphone(): MediaTrackConstraints | true
  /** Plays what the other party says; null is silence. */
  play(stream: MediaStream | null): void
}

type NewSession = IncomingRTCSessionEvent | OutgoingRTCSessionEvent

// Asterisk is reached without a relay: host candidates are enough, and asking a STUN server would only delay the answer.
const PEER: RTCConfiguration = { iceServers: [] }
// Host candidates arrive within milliseconds, but the end of gathering may take seconds on a machine with many interfaces.
const GATHERING_MS = 250
// One registrar refusal is final until the agent acts; everything else JsSIP repeats by itself.
const REFUSALS = new Set(['Rejected', 'Authentication Error', 'Not Found', 'Address Incomplete', 'Incompatible SDP'])

/** ITU-T Q.850 27, destination out of order: what Asterisk reads as "went away", not as "hung up". */
const MEDIA_LOST = 'Reason: Q.850;cause=27;text="media lost"'

export class SipPhone {
  private ua: UA | null = null
  private session: RTCSession | null = null
  private callId = ''

  constructor(
    private readonly report: (fact: Fact) => void,
    private readonly media: Media,
  ) {}

  start(account: SoftphoneAccount): void {
    this.ua?.stop()
    const ua = new UA({
      sockets: new WebSocketInterface(account.ws_url),
      uri: `sip:${account.sip_user}@${account.domain}`,
      password: account.sip_password,
      register: true,
      register_expires: 120,
      session_timers: false,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 10,
      user_agent: 'hotline-desk',
    })
    this.ua = ua
    this.followLine(ua)
    this.report({ type: 'connecting' })
    ua.start()
  }

  stop(): void {
    this.ua?.stop()
    this.ua = null
    this.report({ type: 'stopped' })
  }

  /** Leave the registrar to another tab; a call that is up goes on. */
  unregister(): void {
    this.ua?.unregister()
  }

  answer(): void {
    this.session?.answer({ mediaConstraints: this.constraints(), pcConfig: PEER })
  }

  dial(target: string): void {
    if (this.session || !this.ua) return
    this.ua.call(target, { mediaConstraints: this.constraints(), pcConfig: PEER })
  }

  hangUp(): void {
    // Also declines a call that still rings.
    if (this.session && !this.session.isEnded()) this.session.terminate()
  }

  setHeld(held: boolean): void {
    if (held) this.session?.hold()
    else this.session?.unhold()
  }

  setMuted(muted: boolean): void {
    if (muted) this.session?.mute({ audio: true })
    else this.session?.unmute({ audio: true })
  }

  sendTone(tone: string): void {
    // RFC 4733 telephone events; the type's name in JsSIP is the older number.
    this.session?.sendDTMF(tone, { transportType: 'RFC2833' as never, duration: 160, interToneGap: 120 })
  }

  private constraints(): MediaStreamConstraints {
    return { audio: this.media.microphone(), video: false }
  }

  private followLine(ua: UA): void {
    const report = (fact: Fact) => {
      if (ua === this.ua) this.report(fact)
    }
    ua.on('connecting', () => report({ type: 'connecting' }))
    ua.on('disconnected', () => report({ type: 'disconnected' }))
    ua.on('registered', () => report({ type: 'registered' }))
    ua.on('registrationFailed', ({ cause }) =>
      report(REFUSALS.has(String(cause)) ? { type: 'refused', cause: String(cause) } : { type: 'disconnected' }),
    )
    ua.on('newRTCSession', (event: NewSession) => this.onSession(event))
  }

  private onSession(event: NewSession): void {
    const { session } = event
    const incoming = String(event.originator) === 'remote'
    const callId = incoming ? (event.request.getHeader('X-Call-Id') ?? '') : ''
    // The same call again: its old leg was lost without a word (a change of network), the kept customer is given back.
    if (this.session && callId && callId === this.callId) this.letGo(this.session)
    if (this.session) {
      if (incoming) session.terminate({ status_code: 486 })
      return
    }
    this.session = session
    this.callId = callId
    this.followCall(session)
    const party = maskNumber(session.remote_identity.uri.user)
    if (incoming) this.report({ type: 'incoming', callId, party })
    else this.report({ type: 'dialled', party })
  }

  private letGo(session: RTCSession): void {
    this.session = null
    this.media.play(null)
    this.report({ type: 'ended', cause: 'lost' })
    if (!session.isEnded()) session.terminate()
  }

  private followCall(session: RTCSession): void {
    const over = (cause: string) => {
      if (this.session !== session) return
      this.session = null
      this.media.play(null)
      this.report({ type: 'ended', cause })
    }
    session.on('accepted', () => this.report({ type: 'answered' }))
    session.on('hold', ({ originator }) => String(originator) === 'local' && this.report({ type: 'held' }))
    session.on('unhold', ({ originator }) => String(originator) === 'local' && this.report({ type: 'resumed' }))
    session.on('muted', () => this.report({ type: 'muted' }))
    session.on('unmuted', () => this.report({ type: 'unmuted' }))
    session.on('ended', ({ cause }) => over(cause))
    session.on('failed', ({ cause }) => over(cause))
    let gathering: number | undefined
    session.on('icecandidate', ({ ready }) => {
      gathering ??= window.setTimeout(ready, GATHERING_MS)
    })
    session.on('peerconnection', ({ peerconnection }) => this.followMedia(session, peerconnection))
    if (session.connection) this.followMedia(session, session.connection)
  }

  private followMedia(session: RTCSession, connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ streams, track }) => {
      if (this.session === session) this.media.play(streams[0] ?? new MediaStream([track]))
    })
    connection.addEventListener('connectionstatechange', () => {
      // The BYE may have been lost with the wire; dead media is the other sign that the call is over. If it is not, the
      // cause says that nobody hung up: the customer is kept.
      if (connection.connectionState === 'failed' && !session.isEnded()) session.terminate({ extraHeaders: [MEDIA_LOST] })
    })
  }
}
