// Keys of the visits' page: n takes the next one, r looks again. Not while somebody types.
import { onBeforeUnmount, onMounted } from 'vue'

export interface VisitKeys {
  next(): void
  reload(): void
}

const NAMES: Record<string, keyof VisitKeys> = { n: 'next', r: 'reload' }

export function useVisitKeys(keys: VisitKeys): void {
  const onKey = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement | null
    const typing = target?.matches?.('input, textarea, [contenteditable="true"], [role="combobox"]') ?? false
    const name = typing || event.ctrlKey || event.metaKey || event.altKey ? undefined : NAMES[event.key]
    if (!name) return
    event.preventDefault()
    keys[name]()
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
