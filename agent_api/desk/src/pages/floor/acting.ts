// Who reads the floor and listens may still not act on it.
import { computed } from 'vue'
import { useSession } from '@/stores/session'

export function useMayAct() {
  const session = useSession()
  return computed(() => session.me?.permissions.includes('floor.supervise') ?? false)
}
