// The language a customer chose stays chosen; Chinese until then. Each is called by its own name.
export const LANGUAGE = 'service.language'
export const NAMES = { 'zh-CN': '中文', en: 'English' } as const

export type Language = keyof typeof NAMES

export const spoken = (): Language => (localStorage.getItem(LANGUAGE) === 'en' ? 'en' : 'zh-CN')
