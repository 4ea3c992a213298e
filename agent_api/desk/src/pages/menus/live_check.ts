// Has the tree looked over a moment after each change: what is not filled in here, everything else by the server. A late
// answer about an older tree is dropped. A prompt that is still being spoken counts as missing: it is looked for again
// until it is there.
import { computed, onScopeDispose, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import * as api from '@/api/menus'
import { gapsOf } from '@/menus/form'
import type { Problem, Tree } from '@/menus/model'
import { useMenuCatalogue } from '@/stores/menu_catalogue'
import { useMenuEditor } from '@/stores/menu_editor'

const PAUSE_MS = 500
const SPOKEN_MS = 3000

export function useLiveCheck(): void {
  const { t } = useI18n()
  const editor = useMenuEditor()
  let timer: number | undefined

  const gaps = computed(() => (editor.tree ? gapsOf(editor.tree) : []))
  const inWords = () => gaps.value.map(({ node, field }): Problem => ({ node, field, code: `missing.${field}`, message: t(`menus.missing.${field}`), severity: 'error' }))

  async function check(tree: Tree): Promise<void> {
    // Without an answer the last findings stay; publishing checks again on the server.
    const answer = await api.check(tree).catch(() => null)
    if (answer && editor.tree === tree) editor.problems = answer.problems
  }

  watch(
    () => editor.tree,
    (tree) => {
      window.clearTimeout(timer)
      if (!tree || !editor.version) return
      // The server cannot read a tree with gaps, so it is not asked.
      editor.incomplete = gaps.value.length > 0
      if (editor.incomplete) editor.problems = inWords()
      else if (editor.dirty) timer = window.setTimeout(() => void check(tree), PAUSE_MS)
      else editor.problems = editor.version.problems
    },
  )

  const catalogue = useMenuCatalogue()
  const pending = computed(() => catalogue.known.prompts.filter((prompt) => prompt.state === 'pending').length)
  watch(pending, (now, before) => {
    if (now < before && editor.tree && editor.version && !editor.incomplete) void check(editor.tree)
  })
  const looking = window.setInterval(() => pending.value && void catalogue.load().catch(() => null), SPOKEN_MS)

  onScopeDispose(() => {
    window.clearTimeout(timer)
    window.clearInterval(looking)
  })
}
