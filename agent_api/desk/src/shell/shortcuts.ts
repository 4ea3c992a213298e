// Keys of the agent, in one list: the handler and the help page both read it.
import { onBeforeUnmount, onMounted } from 'vue'

export const SHORTCUTS = {
  ready: 'F2',
  answer: 'F4',
  hangUp: 'F8',
  hold: 'F9',
  mute: 'Shift+F9',
  transfer: 'F6',
  consult: 'F7',
  complete: 'Shift+F7',
  endConsult: 'Shift+F6',
  askForHelp: 'Shift+F4',
  search: 'Ctrl+K',
  help: '?',
} as const

export type ShortcutName = keyof typeof SHORTCUTS

const NAMES = Object.keys(SHORTCUTS) as ShortcutName[]

/** Which shortcut a key press is. Plain characters do not count while the agent types. */
export function shortcutOf(event: KeyboardEvent): ShortcutName | null {
  const target = event.target as HTMLElement | null
  const typing = target?.matches?.('input, textarea, [contenteditable="true"]') ?? false
  const pressed = nameOf(event)
  const found = NAMES.find((name) => SHORTCUTS[name].toLowerCase() === pressed)
  return found && typing && SHORTCUTS[found].length === 1 ? null : (found ?? null)
}

function nameOf(event: KeyboardEvent): string {
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) return event.key.toLowerCase()
  const parts = [event.ctrlKey || event.metaKey ? 'ctrl' : '', event.shiftKey ? 'shift' : '', event.key.toLowerCase()]
  return parts.filter(Boolean).join('+')
}

export function useShortcuts(handlers: Partial<Record<ShortcutName, () => void>>): void {
  const onKey = (event: KeyboardEvent) => {
    const name = shortcutOf(event)
    const handler = name && handlers[name]
    if (!handler || event.repeat) return
    event.preventDefault()
    handler()
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
