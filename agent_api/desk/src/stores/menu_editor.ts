// The tree being edited: one version of one centre, its changes with undo, what is chosen and what is unfolded.
// Talks to the server only through the pages; holds nothing personal.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { MenuVersion } from '@/api/types'
import { setNode } from '@/menus/edit'
import type { Problem, Tree, TreeNode } from '@/menus/model'
import { branchesOf, firstOpen, outline, pathTo, ROOT } from '@/menus/outline'
import { useEditHistory } from './edit_history'
import { useSession } from './session'

export const useMenuEditor = defineStore('menuEditor', () => {
  const session = useSession()
  const { saved, begin, record, now: tree, ...steps } = useEditHistory<Tree>()
  const version = shallowRef<MenuVersion | null>(null)
  const problems = shallowRef<Problem[]>([])
  /** Something that must be there is not: it cannot even be saved. */
  const incomplete = ref(false)

  const mayEdit = computed(() => session.me?.permissions.includes('ivr.edit') ?? false)
  const errors = computed(() => problems.value.filter((problem) => problem.severity === 'error').length)
  const view = useTreeView(tree)

  /** Shows a version. Another version of what is on the screen keeps what was unfolded. */
  function load(loaded: MenuVersion, keepView = false): void {
    version.value = loaded
    problems.value = loaded.problems
    begin(loaded.tree)
    if (!keepView) view.startAt(loaded.tree)
    else if (!loaded.tree.nodes[view.chosen.value]) view.choose('')
  }

  /** What was sent is saved now; what was changed meanwhile is not. */
  function markSaved(draft: MenuVersion, sent: Tree): void {
    version.value = draft
    saved.value = sent
  }

  function change(to: (tree: Tree) => Tree, about = ''): void {
    if (mayEdit.value) record(to, about)
  }

  function forget(): void {
    begin(null)
    version.value = null
    problems.value = []
    view.choose('')
  }

  const changeNode = (id: string, node: TreeNode, about: string) => change((now) => setNode(now, id, node), about && `${id}.${about}`)
  return { ...steps, ...view, tree, version, problems, incomplete, mayEdit, errors, load, markSaved, change, changeNode, forget }
})

/** Folding, choosing, and wishes to see a node. */
function useTreeView(tree: { readonly value: Tree | null }) {
  const root = computed(() => (tree.value ? outline(tree.value) : null))
  const chosen = ref('')
  const open = shallowRef<ReadonlySet<string>>(new Set())
  /** Counts the wishes: the picture moves there, again if need be. */
  const shown = ref({ id: '', times: 0 })
  const show = (id: string) => void (shown.value = { id, times: shown.value.times + 1 })

  function startAt(start: Tree): void {
    chosen.value = ''
    open.value = firstOpen(outline(start), start.main)
    show(start.main)
  }

  function toggle(key: string): void {
    const next = new Set(open.value)
    if (!next.delete(key)) next.add(key)
    open.value = next
  }

  /** Chooses a node and makes it visible, wherever it is. */
  function goTo(id: string): void {
    if (!root.value || !tree.value?.nodes[id]) return
    chosen.value = id
    open.value = new Set([...open.value, ...pathTo(root.value, id).slice(0, -1), ROOT])
    show(id)
  }

  return {
    root, chosen, open, shown, startAt, toggle, goTo,
    choose: (id: string) => void (chosen.value = id),
    unfoldAll: () => root.value && (open.value = new Set(branchesOf(root.value).map((branch) => branch.key))),
    foldAll: () => tree.value && startAt(tree.value),
  }
}
