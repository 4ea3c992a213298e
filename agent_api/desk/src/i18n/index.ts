// One catalogue of texts per language. zh-CN is the default; both hold the same keys (tested).
import { createI18n } from 'vue-i18n'
import { en } from './en'
import { zhCN } from './zh-CN'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each language by its own name, the same in every catalogue. */
export const LANGUAGE_NAMES: Record<Language, string> = { 'zh-CN': '简体中文', en: 'English' }

const SAVED = 'desk.language'

function initial(): Language {
  return localStorage.getItem(SAVED) === 'en' ? 'en' : 'zh-CN'
}

export const i18n = createI18n({
  legacy: false,
  locale: initial(),
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN, en },
})

export function setLanguage(language: Language): void {
  i18n.global.locale.value = language
  localStorage.setItem(SAVED, language)
  document.documentElement.lang = language
  document.title = i18n.global.t('app.name')
}
