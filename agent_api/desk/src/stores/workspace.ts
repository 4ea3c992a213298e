// What the agent is working on: one call on screen, and a form draft per call, so that a new call never eats unsaved
// notes. Drafts live in memory only: they hold personal data.
import { defineStore } from 'pinia'
import { computed, reactive, ref, watch } from 'vue'
import * as calls from '@/api/calls'
import type { Call } from '@/api/types'
import { afterEvent } from '@/live/call_story'
import { useLive } from './live'

export interface WrapUpDraft {
  reason: string[]
  notes: string
  resolved: boolean
}

/** Asked for, or how it went. */
export type PasswordCheck = 'waiting' | 'pass' | 'fail' | 'locked'

export const useWorkspace = defineStore('workspace', () => {
  const live = useLive()
  const call = ref<Call | null>(null)
  const customerId = ref<string | null>(null)
  const drafts = reactive(new Map<string, WrapUpDraft>())
  const passwordChecks = ref<Record<string, PasswordCheck>>({})
  /** The call on screen is the one this agent is in or is writing up. */
  const isLive = computed(() => call.value !== null && call.value.call_id === live.myCall?.call_id)
  /** The call just finished has no contact reason yet. */
  const wrapUpMissing = computed(() => isLive.value && call.value?.disposition === null)

  function show(next: Call): void {
    const other = call.value?.call_id !== next.call_id
    call.value = next
    if (other || !customerId.value) customerId.value = next.customer_id
  }

  function clear(): void {
    call.value = null
    customerId.value = null
  }

  /** Nothing of one agent's calls may be left for the next who signs in. */
  function reset(): void {
    clear()
    drafts.clear()
    passwordChecks.value = {}
  }

  // A finished call stays on screen until the agent turns to something else.
  watch(() => live.myCall, (mine) => mine && show(mine), { immediate: true })
  watch(() => live.lastEvent, (event) => event && call.value && show(afterEvent(call.value, event)))
  watch(
    () => live.status,
    async (now) => {
      const fresh = now === 'online' && call.value ? await later(call.value) : null
      if (fresh && call.value?.call_id === fresh.call_id) call.value = fresh
    },
  )

  const noteCheck = (id: string, check: PasswordCheck) => void (passwordChecks.value = { ...passwordChecks.value, [id]: check })
  watch(() => live.lastEvent, (event) => event?.type === 'call.password_checked' && noteCheck(event.call_id, event.result))

  const openCustomer = (id: string | null) => void (customerId.value = id)
  return {
    call, customerId, isLive, wrapUpMissing, passwordChecks, show, clear, reset, openCustomer,
    passwordAsked: (id: string) => noteCheck(id, 'waiting'),
    draftOf: (id: string) => draftIn(drafts, id),
  }
})

/** The story may have gone on while the connection was away. */
const later = (call: Call): Promise<Call | null> => (call.ended ? Promise.resolve(null) : calls.call(call.call_id).catch(() => null))

function draftIn(drafts: Map<string, WrapUpDraft>, callId: string): WrapUpDraft {
  if (!drafts.has(callId)) drafts.set(callId, { reason: [], notes: '', resolved: true })
  return drafts.get(callId) as WrapUpDraft
}
