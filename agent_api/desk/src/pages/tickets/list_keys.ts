// Keys of the ticket list: j and k go, x selects, enter opens, / searches. Not while somebody types.
import { onBeforeUnmount, onMounted } from 'vue'

export interface ListKeys {
  down(): void
  up(): void
  select(): void
  open(): void
  search(): void
}

const NAMES: Record<string, keyof ListKeys> = { j: 'down', k: 'up', x: 'select', Enter: 'open', '/': 'search' }

export function keyOf(event: KeyboardEvent): keyof ListKeys | null {
  const target = event.target as HTMLElement | null
  const busy = target?.matches?.('input, textarea, button, a, [contenteditable="true"], [role="combobox"]') ?? false
  return busy || event.ctrlKey || event.metaKey || event.altKey ? null : (NAMES[event.key] ?? null)
}

export function useListKeys(keys: ListKeys): void {
  const onKey = (event: KeyboardEvent) => {
    const name = keyOf(event)
    if (!name) return
    event.preventDefault()
    keys[name]()
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
