// An error in words a person can act on: the catalogue's sentence for its code, else the server's own.
import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/client'

export function useErrorText(): (error: unknown) => string {
  const { t, te } = useI18n()
  return (error) => {
    if (!(error instanceof ApiError)) return t('errors.unexpected')
    const key = `errors.${error.code}`
    if (te(key)) return t(key, error.detail)
    return error.message || t(`errors.kind.${error.kind}`)
  }
}
