// Asks the server, soon after typing stops, what it thinks of the table: it knows agents and menus.
import { onScopeDispose, watch } from 'vue'
import { check } from '@/api/routing'
import { useQueueEditor } from '@/stores/queue_editor'

const QUIET_MS = 600

export function useLiveCheck(): void {
  const editor = useQueueEditor()
  let pause: number | undefined

  async function ask(): Promise<void> {
    const { table } = editor
    if (!table || editor.own.length) return
    const answer = await check(table).catch(() => null) // publishing asks again
    if (answer && editor.table === table) editor.setFound(answer.problems)
  }

  watch(() => editor.table, () => {
    window.clearTimeout(pause)
    if (editor.dirty) pause = window.setTimeout(() => void ask(), QUIET_MS)
  })
  onScopeDispose(() => window.clearTimeout(pause))
}
