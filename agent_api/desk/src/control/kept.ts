// Whether a customer hears music and waits for this telephone to come back: after a reload, or when the wire broke.
import { computed, watch } from 'vue'
import { isInCall } from '@/control/possible'
import { useLive } from '@/stores/live'
import { rememberCall, rememberedCall } from '@/stores/seat'
import { useSoftphone } from '@/stores/softphone'

export function useKept() {
  const live = useLive()
  const softphone = useSoftphone()
  const state = computed(() => live.me?.state ?? null)
  /** Being given the call back may be seen first as reserved, then ringing; "kept" before it may be too short to be seen. */
  const withCall = computed(() => isInCall(state.value) || state.value === 'reserved' || state.value === 'ringing')

  // Whatever tore it, and wherever: when it rings again it is the same conversation.
  watch(() => (state.value === 'kept' ? live.me?.call_id : null), (callId) => callId && rememberCall(callId), { immediate: true })
  // What was over while the page was away is not waited for.
  watch(state, (now) => now && !withCall.value && !softphone.inCall && rememberCall(''), { immediate: true })

  return computed(() => {
    if (softphone.inCall) return false
    const torn = withCall.value && live.me?.call_id !== null && live.me?.call_id === rememberedCall()
    return state.value === 'kept' || torn
  })
}
