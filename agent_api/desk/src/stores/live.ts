// The present, as the server reports it: agents, queues, my call. Read-only for the screens.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AgentSnapshot } from '@/api/types'
import type { Mention, TicketAlert } from '@/api/worklists'
import { apply, EMPTY } from '@/live/apply'
import { LiveConnection, type LinkStatus } from '@/live/connection'
import type { ContractEvent, LiveMessage } from '@/live/messages'
import { deskSession, signedInHere } from './seat'
import { useSession } from './session'

export const useLive = defineStore('live', () => {
  const session = useSession()
  const state = shallowRef(EMPTY)
  const status = ref<LinkStatus>('connecting')
  const lastEvent = shallowRef<ContractEvent | null>(null)
  /** Grows whenever work moved. */
  const workChanged = ref(0)
  /** Dead letters since somebody last looked. */
  const deadLetters = ref(0)
  const lastMention = shallowRef<Mention | null>(null)
  const lastAlert = shallowRef<TicketAlert | null>(null)
  let connection: LiveConnection | null = null

  const me = computed<AgentSnapshot | null>(() => state.value.agents[session.agentNo] ?? null)
  const myCall = computed(() => state.value.myCall)
  const agents = computed(() => Object.values(state.value.agents))
  const queues = computed(() => Object.values(state.value.queues))

  function receive(message: LiveMessage): void {
    state.value = apply(state.value, message, session.agentNo)
    if (message.type === 'event') lastEvent.value = message.event
    else if (message.type === 'changed') workChanged.value += 1
    else if (message.type === 'dead_letter') deadLetters.value += 1
    else if (message.type === 'mention') lastMention.value = message.mention
    else if (message.type === 'ticket_alert') lastAlert.value = message.alert
    else if (message.type === 'rights') void session.refresh()
    else if (message.type === 'moved') signedInHere.value = message.session === deskSession()
  }

  function start(): void {
    stop()
    connection = new LiveConnection(`${location.origin.replace('http', 'ws')}/api/v1/live?desk=${deskSession()}`, {
      status: (now) => {
        status.value = now
        if (now === 'signed_out') session.expired = true
      },
      message: receive,
      lastEventId: () => state.value.eventId,
    })
    connection.start()
  }

  function stop(): void {
    connection?.stop()
    connection = null
    state.value = EMPTY
  }

  return { state, status, workChanged, deadLetters, deadLettersSeen: () => (deadLetters.value = 0), me, myCall, agents, queues, lastEvent, lastMention, lastAlert, start, stop, retryNow: () => connection?.retryNow() }
})
