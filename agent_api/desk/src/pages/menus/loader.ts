// Gets a centre's versions and shows the one worth working on: its draft, else what callers hear now.
import { ref, shallowRef } from 'vue'
import * as api from '@/api/menus'
import type { CenterVersions, MenuCenter } from '@/api/types'
import type { Tree } from '@/menus/model'
import { useMenuCatalogue } from '@/stores/menu_catalogue'
import { useMenuEditor } from '@/stores/menu_editor'
import { useSession } from '@/stores/session'

export function useLoader() {
  const editor = useMenuEditor()
  const catalogue = useMenuCatalogue()
  const session = useSession()
  const center = ref('')
  const rows = shallowRef<CenterVersions | null>(null)
  /** Names the draft as we know it: saving over one that somebody else changed is refused. */
  const draftTag = ref<string | null>(null)
  /** What callers of this centre hear now, its own or inherited. */
  const liveTree = shallowRef<Tree | null>(null)

  async function start(): Promise<MenuCenter[]> {
    editor.forget()
    const [found] = await Promise.all([api.menuCenters(), catalogue.load()])
    const own = found.find((one) => one.center === session.me?.center.id) ?? found[0]
    if (own) await loadCenter(own.center)
    return found
  }

  async function loadCenter(id: string, keepView = false): Promise<void> {
    const found = await api.versions(id)
    const source = found.live === null && found.inherited_from ? await api.versions(found.inherited_from) : found
    const live = source.live === null ? null : await api.version(source.center, source.live)
    const draft = found.versions.find((row) => row.state === 'draft')
    const shown = draft ? await api.version(id, draft.version) : live
    center.value = id
    rows.value = found
    draftTag.value = draft && shown ? shown.etag : null
    liveTree.value = live?.tree ?? null
    if (shown) editor.load(shown, keepView)
    else editor.forget()
  }

  async function refresh(tag: string): Promise<void> {
    draftTag.value = tag
    await refreshRows()
  }

  async function refreshRows(): Promise<void> {
    rows.value = await api.versions(center.value)
  }

  const loadVersion = async (no: number) => editor.load(await api.version(center.value, no), true)
  return { center, rows, liveTree, draftTag, start, loadCenter, loadVersion, refresh, refreshRows }
}
