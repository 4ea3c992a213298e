// One dialogue for new nodes: whoever needs one asks, and gets its id when it is there.
import { ref, shallowRef } from 'vue'

const open = ref(false)
const then = shallowRef<((id: string) => void) | null>(null)

export function useNewNode() {
  return {
    open,
    ask(next: (id: string) => void): void {
      then.value = next
      open.value = true
    },
    made(id: string): void {
      open.value = false
      then.value?.(id)
    },
  }
}
