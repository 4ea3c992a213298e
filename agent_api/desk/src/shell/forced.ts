// Says it when a supervisor changed this agent's state: nobody should wonder why no calls come.
import { ElMessage } from 'element-plus'
import { watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useLive } from '@/stores/live'
import { useSession } from '@/stores/session'

export function useForcedNotice(): void {
  const { t } = useI18n()
  const live = useLive()
  const session = useSession()
  watch(
    () => live.lastEvent,
    (event) => {
      if (event?.type !== 'agent.state_changed' || !event.by || event.agent_id !== session.agentNo) return
      const what = t(`state.${event.state}`) + (event.reason ? ` · ${t(`reason.${event.reason}`)}` : '')
      ElMessage({ type: 'warning', message: t('agent.forced', { by: event.by, state: what }), duration: 10_000, showClose: true })
    },
  )
}
