// The state of this tab's telephone for the screens. It depends neither on the live connection nor, once a call is up,
// on the HTTP interface.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { type Fact, hasCall, INITIAL, isRinging, Refused, step } from '@/softphone/machine'
import { Telephone } from '@/softphone/telephone'
import { rememberCall, rememberedCall } from './seat'

export const ECHO_TEST = '*43'
const SHOW_ENDED_MS = 4000
const AUTO_ANSWER = 'desk.auto_answer'

export const useSoftphone = defineStore('softphone', () => {
  const phone = shallowRef(INITIAL)
  const since = ref(0)
  const autoAnswer = ref(false)
  const ringing = computed(() => isRinging(phone.value))
  const inCall = computed(() => hasCall(phone.value))
  const usable = computed(() => phone.value.line === 'registered')
  const telephone = new Telephone(report, () => inCall.value)
  const { sip, speaker } = telephone
  let owner = ''

  function report(fact: Fact): void {
    try {
      const before = phone.value
      phone.value = step(before, known(fact))
      if (phone.value.phase !== before.phase) since.value = Date.now()
    } catch (error) {
      // A fact that cannot be is a late copy from the wire; the state we have stays true.
      if (!(error instanceof Refused)) throw error
    }
  }

  watch(ringing, (now) => speaker.setRinging(now))
  watch(ringing, (now) => now && (autoAnswer.value || phone.value.returning) && sip.answer())
  watch(phone, ({ phase, callId }) => {
    if (phase === 'talking') rememberCall(callId)
    else if (phase === 'ended') rememberCall('')
  })
  watch(
    () => phone.value.phase === 'ended',
    (ended) => ended && window.setTimeout(() => report({ type: 'cleared' }), SHOW_ENDED_MS),
  )

  function start(agentNo: string): void {
    owner = agentNo
    autoAnswer.value = localStorage.getItem(`${AUTO_ANSWER}.${agentNo}`) === 'yes'
    telephone.start(agentNo)
  }

  function setAutoAnswer(on: boolean): void {
    autoAnswer.value = on
    localStorage.setItem(`${AUTO_ANSWER}.${owner}`, on ? 'yes' : 'no')
  }

  return { phone, since, ringing, inCall, usable, autoAnswer, start, setAutoAnswer, ...controls(telephone, { phone, ringing, inCall, usable }) }
})

/** The call this tab was in before it was loaded again is on its way back to us. */
const known = (fact: Fact): Fact =>
  fact.type === 'incoming' && fact.callId !== '' && fact.callId === rememberedCall() ? { ...fact, returning: true } : fact

interface View {
  phone: { value: typeof INITIAL }
  ringing: { value: boolean }
  inCall: { value: boolean }
  usable: { value: boolean }
}

/** What the agent can press. Each does nothing when it makes no sense now. */
function controls(telephone: Telephone, view: View) {
  const { sip, speaker } = telephone
  const connected = () => view.phone.value.phase === 'talking' || view.phone.value.phase === 'held'
  return {
    stop: () => telephone.stop(),
    retry: () => telephone.register(),
    takeOver: () => telephone.takeOver(),
    answer: () => view.ringing.value && sip.answer(),
    hangUp: () => view.inCall.value && sip.hangUp(),
    toggleHold: () => connected() && sip.setHeld(view.phone.value.phase !== 'held'),
    toggleMute: () => connected() && sip.setMuted(!view.phone.value.muted),
    sendTone: (tone: string) => connected() && sip.sendTone(tone),
    dial: (target: string) => view.usable.value && sip.dial(target),
    chooseAudio: (microphone: string, output: string) => speaker.choose({ microphone, speaker: output }),
    /** The server says that this call is over; if its BYE got lost with the wire, let go of it here too. */
    callOver(callId: string): void {
      if (view.inCall.value && view.phone.value.callId === callId && !view.usable.value) sip.hangUp()
    },
  }
}
