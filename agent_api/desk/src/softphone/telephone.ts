// The telephone of this tab as a whole: lock, account, SIP leg, sound. Reports facts; decides nothing about screens.
import { ApiError } from '@/api/client'
import { softphoneAccount } from '@/api/session'
import { TESTIDS } from '@/testids'
import { checkMicrophone, Speaker } from './audio'
import type { Fact } from './machine'
import { SipPhone } from './sip'
import { TabLock } from './tablock'

export class Telephone {
  readonly speaker = new Speaker(TESTIDS.softphone.remoteAudio)
  readonly sip: SipPhone
  private lock: TabLock | null = null
  /** The telephone went to another tab during a call of ours. */
  private leaving = false

  constructor(
    private readonly report: (fact: Fact) => void,
    private readonly inCall: () => boolean,
  ) {
    this.sip = new SipPhone((fact) => this.pass(fact), this.speaker)
  }

  start(agentNo: string): void {
    // Web Locks and the microphone exist in secure contexts only.
    if (!navigator.locks) return this.report({ type: 'unavailable', reason: 'insecure_context' })
    this.lock = new TabLock(`desk.softphone.${agentNo}`, {
      owned: () => void this.register(),
      elsewhere: () => this.report({ type: 'owned_elsewhere' }),
      stolen: () => this.leaveToOtherTab(),
    })
    void this.lock.acquire()
  }

  async register(): Promise<void> {
    this.leaving = false
    const problem = await checkMicrophone()
    if (problem) return this.report({ type: 'unavailable', reason: problem })
    try {
      this.sip.start(await softphoneAccount())
    } catch (error) {
      this.report({ type: 'unavailable', reason: error instanceof ApiError ? error.kind : 'failed' })
    }
  }

  takeOver(): void {
    void this.lock?.steal()
  }

  stop(): void {
    this.lock?.give()
    this.lock = null
    this.sip.stop()
  }

  private pass(fact: Fact): void {
    this.report(fact)
    if (fact.type === 'ended' && this.leaving) this.letGo()
  }

  private leaveToOtherTab(): void {
    if (this.inCall()) {
      // The conversation is finished here, but the registration must not be fought over.
      this.leaving = true
      this.sip.unregister()
      this.report({ type: 'owned_elsewhere' })
    } else this.letGo()
    void this.lock?.acquire()
  }

  private letGo(): void {
    this.leaving = false
    this.sip.stop()
    this.report({ type: 'owned_elsewhere' })
  }
}
