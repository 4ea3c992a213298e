// How long a pause may still last. Pure but for the notices.
import { ElNotification } from 'element-plus'
import { computed, type Ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { AgentSnapshot } from '@/api/types'
import { useLive } from '@/stores/live'
import { useSession } from '@/stores/session'
import { chime } from '@/ui/chime'

/** So long before its end a pause is warned of. */
export const NEAR_END_SECONDS = 60

/** Seconds that are left; negative beyond the end, null when the pause may last. */
export function pauseLeft(agent: AgentSnapshot | null | undefined, now: number): number | null {
  return agent?.state === 'paused' && agent.pause_until ? (Date.parse(agent.pause_until) - now) / 1000 : null
}

export const isOverdue = (agent: AgentSnapshot, now: number): boolean => (pauseLeft(agent, now) ?? 0) < 0

/** A sound and a word when the end is near. */
export function usePauseWarning(now: Readonly<Ref<number>>): void {
  const { t } = useI18n()
  const live = useLive()
  const near = computed(() => {
    const left = pauseLeft(live.me, now.value)
    return left !== null && left > 0 && left <= NEAR_END_SECONDS
  })
  watch(near, (is) => {
    if (!is) return
    chime()
    ElNotification({ type: 'warning', title: t('pauses.nearEnd', { seconds: NEAR_END_SECONDS }), duration: 10_000 })
  })
}

/** The call distribution says that a pause lasts too long: the agent and the supervisors are told, on every page. */
export function useOverdueNotice(): void {
  const { t } = useI18n()
  const live = useLive()
  const session = useSession()
  watch(
    () => live.lastEvent,
    (event) => {
      if (event?.type !== 'agent.pause_overdue') return
      const mine = event.agent_id === session.agentNo
      const agent = live.state.agents[event.agent_id]
      if (!mine && !(agent && session.me?.permissions.includes('floor.supervise'))) return
      chime()
      const values = { who: `${agent?.name ?? ''} ${event.agent_id}`.trim(), reason: t(`reason.${event.reason}`) }
      ElNotification({ type: 'error', title: t(mine ? 'pauses.mineOver' : 'pauses.over', values), duration: mine ? 0 : 15_000 })
    },
  )
}
