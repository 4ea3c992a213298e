// One ticking clock for all timers on the screen, running only while somebody looks at it.
import { onScopeDispose, readonly, ref } from 'vue'

const now = ref(Date.now())
let users = 0
let timer: number | undefined

export function useNow() {
  users += 1
  now.value = Date.now()
  timer ??= window.setInterval(() => (now.value = Date.now()), 1000)
  onScopeDispose(() => {
    users -= 1
    if (users > 0) return
    window.clearInterval(timer)
    timer = undefined
  })
  return readonly(now)
}
