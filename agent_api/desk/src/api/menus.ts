import type { Problem, Tree } from '@/menus/model'
import { api, withQuery } from './client'
import type { Catalogue, CenterVersions, MenuCenter, MenuVersion, Prompt } from './types'

const at = (center: string) => `/menus/centers/${encodeURIComponent(center)}`
const promptAt = (id: string) => `/menus/prompts/${id.split('/').map(encodeURIComponent).join('/')}`

/** Node to its name, for reading a caller's way. Everybody may. */
export const nodeTitles = () => api.get<Record<string, string>>('/menus/titles')
export const catalogue = () => api.get<Catalogue>('/menus/catalogue')
export const menuCenters = () => api.get<MenuCenter[]>('/menus/centers')
export const versions = (center: string) => api.get<CenterVersions>(at(center))
export const version = (center: string, no: number) => api.get<MenuVersion>(`${at(center)}/versions/${no}`)
export const saveDraft = (center: string, tree: Tree, note: string, basedOn: string | null) =>
  api.put<MenuVersion>(`${at(center)}/draft`, { tree, note, based_on: basedOn })
export const check = (tree: Tree) => api.post<{ problems: Problem[] }>('/menus/check', { tree })
export const publish = (center: string, note: string, publishAt: string | null) =>
  api.post<MenuVersion>(`${at(center)}/publish`, { note, at: publishAt })
/** Takes back a version that waits for its time. */
export const withdraw = (center: string, no: number) => api.delete<unknown>(`${at(center)}/versions/${no}`)
export const setNumbers = (center: string, numbers: string[]) => api.put<unknown>(`${at(center)}/numbers`, { numbers })
export const rollback = (center: string) => api.post<{ version: number | null }>(`${at(center)}/rollback`)

/** Address of a prompt's sound, for the browser's own player. */
export const soundUrl = (id: string, language: string) => `/api/v1${withQuery(`${promptAt(id)}/audio`, { language })}`

export interface NewPrompt {
  slug: string
  zh: string
  en: string
  language: string
  file: File | null
}

export function createPrompt({ slug, zh, en, language, file }: NewPrompt): Promise<Prompt> {
  const form = new FormData()
  Object.entries({ slug, zh, en, language }).forEach(([name, value]) => value && form.append(name, value))
  if (file) form.append('file', file)
  return api.post<Prompt>('/menus/prompts', form)
}

export const deletePrompt = (id: string) => api.delete<unknown>(promptAt(id))
