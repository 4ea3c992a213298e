// One dialogue for new prompts: whoever needs one asks, and gets its id when it is made.
import { ref, shallowRef } from 'vue'

const open = ref(false)
const then = shallowRef<((id: string) => void) | null>(null)

export function useNewPrompt() {
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
