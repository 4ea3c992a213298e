// A number that grows at most once in two seconds while something changes, and once a minute while nothing does.
import { onScopeDispose, type Ref, ref, watch } from 'vue'

const CALM_MS = 2000
const IDLE_MS = 60_000

export function useCalm(source: () => number): Readonly<Ref<number>> {
  const calm = ref(0)
  let pending: ReturnType<typeof setTimeout> | null = null
  const tick = () => {
    pending = null
    calm.value += 1
  }
  watch(source, () => (pending ??= setTimeout(tick, CALM_MS)))
  const idle = setInterval(tick, IDLE_MS)
  onScopeDispose(() => {
    if (pending) clearTimeout(pending)
    clearInterval(idle)
  })
  return calm
}
