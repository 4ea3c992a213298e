// The codes of the audit log in words; what has no word keeps its code.
import { useI18n } from 'vue-i18n'

type Words = Record<string, Record<string, string>>

export function useAuditWords() {
  const { t, te, tm } = useI18n()
  const word = (key: string, code: string) => (code && te(key) ? t(key) : code)
  return {
    act: (code: string) => word(`audited.act.${code}`, code),
    about: (code: string) => word(`audited.about.${code}`, code),
    result: (code: string) => (te(`audited.result.${code}`) ? t(`audited.result.${code}`) : word(`errors.${code}`, code)),
    roles: (codes: string) => codes.split(',').map((code) => word(`role.${code}`, code)).join('、'),
    acts: () => Object.entries(tm('audited.act') as Words).flatMap(([group, words]) => Object.keys(words).map((name) => `${group}.${name}`)),
  }
}
