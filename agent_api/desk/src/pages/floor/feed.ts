// The floor as it is now: asked for again whenever something is heard over the live connection, and now and then anyway.
import { onScopeDispose, watch } from 'vue'
import { floor } from '@/api/floor'
import { useLive } from '@/stores/live'
import { useResource } from '@/ui/resource'

const NOT_OFTENER_MS = 400
const ANYWAY_MS = 10_000

export function useFloor() {
  const live = useLive()
  const resource = useResource(floor)
  let planned: number | undefined

  function soon(): void {
    planned ??= window.setTimeout(async () => {
      await resource.reload()
      planned = undefined
    }, NOT_OFTENER_MS)
  }

  watch(() => live.state, soon)
  const timer = window.setInterval(soon, ANYWAY_MS)
  onScopeDispose(() => {
    window.clearInterval(timer)
    window.clearTimeout(planned)
  })
  return resource
}
