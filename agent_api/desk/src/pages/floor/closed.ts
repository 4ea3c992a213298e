// Which queues are closed for new callers, as the live connection tells it.
import { computed } from 'vue'
import { useLive } from '@/stores/live'

export function useClosedQueues() {
  const live = useLive()
  return computed(() => new Set(live.queues.filter((queue) => queue.closed).map((queue) => queue.queue)))
}
