// A tree with its undo and redo, and whether it differs from what was saved.
import { computed, shallowRef } from 'vue'
import { type History, record, redo, startOf, undo } from '@/menus/history'
import type { Tree } from '@/menus/model'

export function useTreeHistory() {
  const history = shallowRef<History<Tree> | null>(null)
  const saved = shallowRef<Tree | null>(null)
  const move = (step: (from: History<Tree>) => History<Tree>) => {
    if (history.value) history.value = step(history.value)
  }

  return {
    saved,
    tree: computed(() => history.value?.now ?? null),
    dirty: computed(() => history.value !== null && history.value.now !== saved.value),
    canUndo: computed(() => (history.value?.past.length ?? 0) > 0),
    canRedo: computed(() => (history.value?.future.length ?? 0) > 0),
    begin(tree: Tree | null): void {
      saved.value = tree
      history.value = tree && startOf(tree)
    },
    record: (to: (tree: Tree) => Tree, about: string) => move((now) => record(now, to(now.now), about)),
    undo: () => move(undo),
    redo: () => move(redo),
  }
}
