// Short notices at the edge of the screen about what also waits in a list of the header.
import { ElNotification } from 'element-plus'

const SHOWN_MS = 10_000
const shown = new Set<{ close: () => void }>()
let listOpen = false

export function tell(type: 'info' | 'warning', title: string, message: string): void {
  if (listOpen) return
  const notice = ElNotification({ type, title, message, duration: SHOWN_MS, onClose: () => shown.delete(notice) })
  shown.add(notice)
}

/** An open list shows all of it, and must not lie under a notice. */
export function listIsOpen(open: boolean): void {
  listOpen = open
  if (open) shown.forEach((notice) => notice.close())
}
