// Who is signed in. An expired session never throws a talking agent out: the screen says so and waits.
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { ApiError, onUnauthenticated } from '@/api/client'
import * as endpoints from '@/api/session'
import type { Me } from '@/api/types'
import { setZone } from '@/ui/zone'

export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)
  const expired = ref(false)
  /** Set when the server could not be asked; signing in would not help then. */
  const unreachable = ref(false)

  const agentNo = computed(() => me.value?.agent_no ?? '')
  const takesCalls = computed(() => (me.value?.queues.length ?? 0) > 0)

  watch(() => me.value?.timezone, setZone, { flush: 'sync' })

  onUnauthenticated((why) => {
    // A locked desk is told so for everything it asks: that is not the end of the session.
    if (why.detail['stage'] === 'locked') reached('locked')
    else if (me.value && me.value.stage !== 'locked') expired.value = true
  })

  async function restore(): Promise<void> {
    unreachable.value = false
    try {
      me.value = await endpoints.currentSession()
    } catch (error) {
      me.value = null
      unreachable.value = error instanceof ApiError && error.kind !== 'unauthenticated'
    }
  }

  /** Rights or centre have changed while the desk was open. */
  const refresh = async (): Promise<void> => void (me.value = await endpoints.currentSession().catch(() => me.value))

  async function signIn(agentNo: string, password: string, code = ''): Promise<void> {
    me.value = await endpoints.signIn(agentNo, password, code)
    expired.value = unreachable.value = false
  }

  const signOut = () => endpoints.signOut().then(forget)

  /** The server said what must be done first, or that nothing must. */
  function reached(stage: Me['stage']): void {
    if (me.value) me.value = { ...me.value, stage }
    if (stage === 'open') expired.value = false
  }

  function forget(): void {
    me.value = null
    expired.value = false
  }

  return { me, agentNo, takesCalls, expired, unreachable, restore, refresh, signIn, signOut, reached, forget }
})
