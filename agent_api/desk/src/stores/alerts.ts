// What this person should know about tickets and has not seen yet: asked for once, then told live.
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { i18n } from '@/i18n'
import * as api from '@/api/worklists'
import { tell } from '@/ui/told'
import { useLive } from './live'
import { useSession } from './session'

/** Shown at once, whatever is open; the others wait under the bell. */
const URGENT = ['urged_red', 'supervised', 'supervision', 'regulator', 'mass', 'subtask']
const EARLY_PERCENT = 60

export const useAlerts = defineStore('alerts', () => {
  const live = useLive()
  const session = useSession()
  const unseen = ref<api.TicketAlert[]>([])

  async function load(): Promise<void> {
    const mayRead = session.me?.permissions.includes('ticket.read') ?? false
    unseen.value = mayRead ? await api.alerts().catch(() => []) : []
  }

  /** The server knows how far somebody has read: everything up to the latest shown. */
  async function see(): Promise<void> {
    const latest = Math.max(0, ...unseen.value.map((alert) => alert.id))
    if (!latest) return
    await api.seeAlerts(latest)
    unseen.value = unseen.value.filter((alert) => alert.id > latest)
  }

  watch(
    () => live.lastAlert,
    (alert) => {
      if (!alert || unseen.value.some((one) => one.id === alert.id)) return
      unseen.value = [alert, ...unseen.value]
      const pressing = URGENT.includes(alert.kind) || (alert.kind === 'clock' && Number(alert.data.percent) > EARLY_PERCENT)
      if (pressing) tell('warning', alert.ticket_no, alertText(alert))
    },
  )
  return { unseen, load, see }
})

export function alertText({ kind, data }: api.TicketAlert): string {
  const { t, te } = i18n.global
  if (kind === 'clock') {
    const clock = te(`alerts.clocks.${data.clock}`) ? t(`alerts.clocks.${data.clock}`) : t('alerts.clocks.step')
    return t('alerts.clock', { clock, percent: data.percent ?? '' })
  }
  return te(`alerts.kinds.${kind}`) ? t(`alerts.kinds.${kind}`) : t('alerts.kinds.other')
}
