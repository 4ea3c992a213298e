// Where colleagues wrote @ and this agent's number and it was not read yet: asked for once, then told live.
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { i18n } from '@/i18n'
import * as api from '@/api/worklists'
import { tell } from '@/ui/told'
import { useLive } from './live'
import { useSession } from './session'

export const useMentions = defineStore('mentions', () => {
  const live = useLive()
  const session = useSession()
  const unread = ref<api.Mention[]>([])

  async function load(): Promise<void> {
    const mayRead = session.me?.permissions.includes('ticket.read') ?? false
    unread.value = mayRead ? await api.mentions().catch(() => []) : []
  }

  async function read(ids: number[] | null): Promise<void> {
    await api.readMentions(ids)
    unread.value = ids === null ? [] : unread.value.filter((mention) => !ids.includes(mention.mention_id))
  }

  watch(
    () => live.lastMention,
    (mention) => {
      if (!mention || unread.value.some((one) => one.mention_id === mention.mention_id)) return
      unread.value = [mention, ...unread.value]
      const title = i18n.global.t('worklist.mentioned', { by: mention.by, no: mention.ticket_no })
      tell('info', title, mention.words)
    },
  )
  return { unread, load, read }
})
