// Opening, saving, publishing and going back. Nothing unsaved is lost unasked.
import { ElMessage } from 'element-plus'
import { computed, onBeforeUnmount, onMounted, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { onBeforeRouteLeave } from 'vue-router'
import * as api from '@/api/menus'
import { diffTrees } from '@/menus/diff'
import { useMenuEditor } from '@/stores/menu_editor'
import { useAction } from '@/ui/action'
import { useAsk } from '@/ui/ask'
import { dateTime } from '@/ui/format'
import { useLoader } from './loader'
import { followSchedule } from './schedule'

const told = (words: string) => ElMessage({ type: 'success', message: words })

export function useVersions() {
  const { t } = useI18n()
  const editor = useMenuEditor()
  const loader = useLoader()
  const ask = useAsk()
  const { busy, run } = useAction()
  const dialogs = { comparing: ref(false), publishing: ref(false) }
  const changes = computed(() => (editor.tree && loader.liveTree.value ? diffTrees(loader.liveTree.value, editor.tree) : []))

  const mayLeave = async () => !editor.dirty || ask(t('menus.leave'), t('menus.discard'))
  /** Editing an older version makes it the draft; a draft that is there is not replaced unasked. */
  const mayReplace = async () => editor.version?.state === 'draft' || !loader.draftTag.value || ask(t('menus.replaceDraft'), t('menus.replace'))
  keepWork(mayLeave, () => editor.dirty)
  followSchedule(loader.rows, () => (editor.dirty ? loader.refreshRows() : loader.loadCenter(loader.center.value, true)))

  async function save(): Promise<void> {
    if (!editor.dirty || editor.incomplete || !editor.mayEdit || !(await mayReplace())) return
    if (await run(() => send(loader))) told(t('menus.saved'))
  }

  async function publish(note: string, at: string | null): Promise<void> {
    if (editor.dirty && !(await mayReplace())) return
    const done = await run(async () => {
      if (editor.dirty) await send(loader)
      await api.publish(loader.center.value, note, at)
      await loader.loadCenter(loader.center.value, true)
    })
    if (!done) return
    dialogs.publishing.value = false
    told(at ? t('menus.scheduledFor', { at: dateTime(at) }) : t('menus.published'))
  }

  async function rollBack(): Promise<void> {
    if (!(await mayLeave()) || !(await ask(t('menus.rollbackConfirm'), t('menus.rollback')))) return
    const done = await run(async () => {
      await api.rollback(loader.center.value)
      await loader.loadCenter(loader.center.value, true)
    })
    if (done) told(t('menus.rolledBack'))
  }

  return {
    ...loader, ...dialogs, changes, busy, save, publish, rollBack,
    withdraw: async (no: number) => (await mayLeave()) && run(async () => (await api.withdraw(loader.center.value, no), await loader.loadCenter(loader.center.value, true))),
    openCenter: async (id: string) => (await mayLeave()) && run(() => loader.loadCenter(id)),
    openVersion: async (no: number) => (await mayLeave()) && run(() => loader.loadVersion(no)),
  }
}

async function send(loader: ReturnType<typeof useLoader>): Promise<void> {
  const editor = useMenuEditor()
  const tree = editor.tree
  if (!tree) return
  const draft = await api.saveDraft(loader.center.value, tree, '', loader.draftTag.value)
  editor.markSaved(draft, tree)
  await loader.refresh(draft.etag)
}

/** Asks before a page with unsaved work is left, by a link or by closing the tab. */
function keepWork(mayLeave: () => Promise<boolean>, dirty: () => boolean): void {
  const warn = (event: BeforeUnloadEvent) => dirty() && event.preventDefault()
  onMounted(() => window.addEventListener('beforeunload', warn))
  onBeforeUnmount(() => window.removeEventListener('beforeunload', warn))
  onBeforeRouteLeave(mayLeave)
}
