import type { Problem, TaskSpec, Tree } from '@/menus/model'
import { api, withQuery } from './client'

export interface Named {
  name: string
  title: string
}

export interface Prompt {
  id: string
  zh: string
  en: string
  seconds: { zh?: number | null; en?: number | null }
  own: boolean
  state: 'ready' | 'pending' | 'failed'
}

export interface Catalogue {
  tasks: TaskSpec[]
  conditions: Named[]
  queues: Named[]
  prompts: Prompt[]
}

export interface MenuCenter {
  center: string
  name: string
  live: number | null
  inherited_from: string | null
  has_draft: boolean
}

export type VersionState = 'draft' | 'scheduled' | 'live' | 'retired'

export interface VersionRow {
  version: number
  state: VersionState
  note: string
  author: string
  created_at: string
  published_at: string | null
  publish_at: string | null
}

export interface CenterVersions {
  center: string
  live: number | null
  inherited_from: string | null
  versions: VersionRow[]
}

export interface Version {
  version: number
  state: VersionState
  note: string
  tree: Tree
  problems: Problem[]
  etag: string
}

const at = (center: string) => `/menus/centers/${encodeURIComponent(center)}`
const promptAt = (id: string) => `/menus/prompts/${id.split('/').map(encodeURIComponent).join('/')}`

export const catalogue = () => api.get<Catalogue>('/menus/catalogue')
export const menuCenters = () => api.get<MenuCenter[]>('/menus/centers')
export const versions = (center: string) => api.get<CenterVersions>(at(center))
export const version = (center: string, no: number) => api.get<Version>(`${at(center)}/versions/${no}`)
export const saveDraft = (center: string, tree: Tree, note: string, basedOn: string | null) =>
  api.put<Version>(`${at(center)}/draft`, { tree, note, based_on: basedOn })
export const check = (tree: Tree) => api.post<{ problems: Problem[] }>('/menus/check', { tree })
export const publish = (center: string, note: string, publishAt: string | null) =>
  api.post<Version>(`${at(center)}/publish`, { note, at: publishAt })
export const rollback = (center: string) => api.post<Version>(`${at(center)}/rollback`)

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
