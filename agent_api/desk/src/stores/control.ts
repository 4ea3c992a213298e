// The call this agent is in and what can be done with it, whatever telephone it is on. The softphone holds by itself;
// everything else is asked of the call distribution and shown when it says that it happened.
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { call } from '@/api/calls'
import * as calls from '@/api/control'
import { type Action, isInCall, whyNot } from '@/control/possible'
import { after, type CallControl, fromStory, NO_CALL, startOf, type StoryStep } from '@/control/state'
import { useLive } from './live'
import { useSoftphone } from './softphone'

const storyOf = (id: string): Promise<readonly StoryStep[]> => call(id).then((read) => read.story, () => [])

/** No event came meanwhile, which would know better. */
const isUntold = ({ consult, parties }: CallControl): boolean => consult === null && parties.length === 0

export const useControl = defineStore('control', () => {
  const live = useLive()
  const softphone = useSoftphone()
  const control = shallowRef(NO_CALL)
  const state = computed(() => live.me?.state ?? null)
  const callId = computed(() => (isInCall(state.value) ? (live.me?.call_id ?? '') : ''))
  const held = computed(() => state.value === 'held')
  const active = computed(() => callId.value !== '')

  // A desk that is loaded in the middle of a call reads what happened before.
  watch(
    callId,
    async (id) => {
      if (id === control.value.callId) return
      control.value = id ? startOf(id) : NO_CALL
      const told = id ? await storyOf(id) : []
      if (told.length && control.value.callId === id && isUntold(control.value)) control.value = fromStory(id, told)
    },
    { immediate: true },
  )
  watch(() => live.lastEvent, (event) => event && (control.value = after(control.value, event)))

  const reasonAgainst = (action: Action) => whyNot(action, { state: state.value, control: control.value })

  /** Over the browser's telephone at once; a telephone on the desk is held by Asterisk. */
  async function toggleHold(): Promise<void> {
    if (reasonAgainst('hold')) return
    if (softphone.inCall) softphone.toggleHold()
    else await (held.value ? calls.resume(callId.value) : calls.hold(callId.value))
  }

  const toggleRecording = () => (control.value.recording === 'paused' ? calls.resumeRecording(callId.value) : calls.pauseRecording(callId.value))

  return { control, callId, held, active, reasonAgainst, toggleHold, toggleRecording }
})
