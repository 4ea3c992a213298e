// Ctrl+Z, Ctrl+Y and Ctrl+S in the editor.
import { onBeforeUnmount, onMounted } from 'vue'
import { useMenuEditor } from '@/stores/menu_editor'

export function useEditorKeys({ save }: { save: () => void }): void {
  const editor = useMenuEditor()
  const inDialog = () => document.querySelector('.el-overlay:not([style*="display: none"])') !== null
  const jobs: Record<string, () => void> = { z: editor.undo, 'shift+z': editor.redo, y: editor.redo, s: save }

  function onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || inDialog()) return
    const job = jobs[`${event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`]
    if (!job) return
    event.preventDefault()
    job()
  }

  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
