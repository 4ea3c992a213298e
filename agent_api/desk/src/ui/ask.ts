// A question before something that cannot be taken back.
import { ElMessageBox } from 'element-plus'
import { useI18n } from 'vue-i18n'

export function useAsk(): (words: string, yes: string) => Promise<boolean> {
  const { t } = useI18n()
  return (words, yes) =>
    ElMessageBox.confirm(words, { type: 'warning', confirmButtonText: yes, cancelButtonText: t('unmask.cancel') }).then(
      () => true,
      () => false,
    )
}
