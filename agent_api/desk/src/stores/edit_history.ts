// A value under edit with its undo and redo, and whether it differs from what was saved.
import { computed, shallowRef } from 'vue'
import { type History, record, redo, startOf, undo } from '@/menus/history'

export function useEditHistory<T>() {
  const history = shallowRef<History<T> | null>(null)
  const saved = shallowRef<T | null>(null)
  const move = (step: (from: History<T>) => History<T>) => {
    if (history.value) history.value = step(history.value)
  }

  return {
    saved,
    now: computed(() => history.value?.now ?? null),
    dirty: computed(() => history.value !== null && history.value.now !== saved.value),
    canUndo: computed(() => (history.value?.past.length ?? 0) > 0),
    canRedo: computed(() => (history.value?.future.length ?? 0) > 0),
    begin(value: T | null): void {
      saved.value = value
      history.value = value === null ? null : startOf(value)
    },
    record: (to: (value: T) => T, about: string) => move((now) => record(now, to(now.now), about)),
    undo: () => move(undo),
    redo: () => move(redo),
  }
}
