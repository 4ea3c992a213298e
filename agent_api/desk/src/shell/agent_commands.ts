// What the agent can ask the call distribution for. The screen changes only when the answer comes back as a fact.
import { ElMessageBox } from 'element-plus'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import * as agent from '@/api/agent'
import type { PauseReason } from '@/api/types'
import { useLive } from '@/stores/live'
import { seat, signedInHere } from '@/stores/seat'
import { useWorkspace } from '@/stores/workspace'
import { useAction } from '@/ui/action'

async function signIn(): Promise<void> {
  await agent.login(seat())
  signedInHere.value = true
}

/** Reasons an agent may choose; the others are set by the system. */
export const CHOSEN_REASONS: readonly PauseReason[] = ['break', 'meal', 'training', 'meeting', 'quality', 'back_office']

export function useAgentCommands() {
  const { t } = useI18n()
  const live = useLive()
  const workspace = useWorkspace()
  const { busy, run } = useAction()
  const state = computed(() => live.me?.state ?? null)

  async function ready(): Promise<void> {
    if (state.value === 'ready') return
    if (state.value === 'wrap_up' && workspace.wrapUpMissing && !(await readyAnyhow())) return
    await run(async () => {
      if (state.value === null || state.value === 'logged_out') await signIn()
      await agent.ready()
    })
  }

  /** Without a contact reason the call would count as nothing; it can be added later from the history. */
  const readyAnyhow = () =>
    ElMessageBox.confirm(t('agent.wrapUpMissing'), t('agent.ready'), {
      confirmButtonText: t('agent.readyAnyhow'),
      cancelButtonText: t('agent.toWrapUp'),
    }).catch(() => null)

  return {
    busy,
    state,
    ready,
    /** Also moves an agent who is signed in at another desk to this one. */
    login: () => run(signIn),
    pause: (reason: PauseReason) => run(() => agent.pause(reason)),
    logout: () => run(agent.logout),
  }
}
