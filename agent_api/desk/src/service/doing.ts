// One thing a customer asked for: busy while it runs, plain words when it fails. Focus goes where the words are.
import { nextTick, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/client'

const WORDS: Record<string, string> = {
  'contact.not_proved': 'service.wrong',
  'contact.locked': 'service.locked',
  'contact.too_often': 'service.tooOften',
  'attachment.wrong_type': 'service.wrongType',
  'attachment.too_large': 'service.wrongType',
  'attachment.too_many': 'service.wrongType',
  'attachment.empty': 'service.wrongType',
}

export function useDoing(hotline: () => string) {
  const { t } = useI18n()
  const busy = ref(false)
  const trouble = ref('')

  function wordsOf(error: unknown): string {
    if (!(error instanceof ApiError) || error.kind === 'offline') return t('service.offline')
    const key = WORDS[error.code]
    return key ? t(key, { hotline: hotline() }) : t('service.failed', { message: error.message })
  }

  async function run(job: () => Promise<unknown>, whenMissing = ''): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    trouble.value = ''
    try {
      await job()
      return true
    } catch (error) {
      trouble.value = whenMissing && error instanceof ApiError && error.kind === 'not_found' ? whenMissing : wordsOf(error)
      await nextTick()
      document.querySelector<HTMLElement>('[role=alert]')?.focus()
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, trouble, run }
}
