// Loads one thing for one view and says which of the house's states the view is in.
import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { ApiError } from '@/api/client'
import { useLive } from '@/stores/live'

export type ViewStatus = 'loading' | 'ready' | 'empty' | 'error' | 'forbidden' | 'not_configured' | 'offline'

export interface Resource<T> {
  data: Readonly<Ref<T | null>>
  status: Readonly<Ref<ViewStatus>>
  error: Readonly<Ref<ApiError | null>>
  /** Loads again. What is shown stays on screen meanwhile. */
  reload(): Promise<void>
}

export function statusOf(error: unknown): ViewStatus {
  if (!(error instanceof ApiError)) return 'error'
  switch (error.kind) {
    case 'offline':
      return 'offline'
    case 'forbidden':
      return 'forbidden'
    case 'not_configured':
      return 'not_configured'
    default:
      return 'error'
  }
}

export function useResource<T>(load: () => Promise<T>, isEmpty: (value: T) => boolean = () => false): Resource<T> {
  const data = shallowRef<T | null>(null)
  const status = ref<ViewStatus>('loading')
  const error = shallowRef<ApiError | null>(null)
  let latest = 0

  async function reload(): Promise<void> {
    const mine = ++latest
    if (data.value === null) status.value = 'loading'
    try {
      const value = await load()
      if (mine !== latest) return
      data.value = value
      error.value = null
      status.value = isEmpty(value) ? 'empty' : 'ready'
    } catch (problem) {
      if (mine !== latest) return
      error.value = problem instanceof ApiError ? problem : null
      // What was loaded before stays on screen; the view marks it as out of date.
      if (data.value === null) status.value = statusOf(problem)
      if (!(problem instanceof ApiError)) throw problem
    }
  }

  const live = useLive()
  const stop = watch(
    () => live.status,
    (now) => now === 'online' && error.value !== null && void reload(),
  )
  onScopeDispose(stop)
  void reload()
  return { data, status, error, reload }
}
