// One thing the user asked for: busy while it runs, a message when it fails.
import { ElMessage } from 'element-plus'
import { type Ref, ref } from 'vue'
import { ApiError } from '@/api/client'
import { useErrorText } from './errors'

export interface Action {
  busy: Readonly<Ref<boolean>>
  /** True when it was done. A second press while busy does nothing. */
  run(job: () => Promise<unknown>): Promise<boolean>
}

export function useAction(): Action {
  const busy = ref(false)
  const textOf = useErrorText()

  async function run(job: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    try {
      await job()
      return true
    } catch (error) {
      ElMessage({ type: 'error', message: textOf(error), duration: 5000, showClose: true })
      if (!(error instanceof ApiError)) throw error
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, run }
}
