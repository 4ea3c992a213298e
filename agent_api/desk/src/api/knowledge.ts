import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type Hit = Schemas['HitOut']
export type ArticleRow = Schemas['ArticleRowOut']
export type Article = Schemas['ArticleOut']
export type Wording = Required<Schemas['WordingIn']>
export type NewArticle = Required<Schemas['ArticleIn']>
export type ArticleRequest = Schemas['RequestOut']
export type Synonyms = Schemas['SynonymsOut']
export type Standing = Schemas['Standing']
export type Reason = Schemas['Reason']
export type Leaf = Schemas['Leaf']
export type FormField = Schemas['FormField']
export type ReasonTree = Schemas['ReasonTree']
export type TicketForm = Schemas['TicketFormOut']
export type Scripts = Schemas['ScriptsOut']
export type Line = Schemas['Line']

const at = (id: string) => `/articles/${encodeURIComponent(id)}`

export const search = (q: string, reason = '') => api.get<Hit[]>('/articles/search', { q, reason, limit: 10 })
export const shelf = () => api.get<Schemas['ShelfOut']>('/articles/shelf')
export const articles = () => api.get<ArticleRow[]>('/articles')
export const article = (id: string) => api.get<Article>(at(id))
export const createArticle = (fields: NewArticle) => api.post<Article>('/articles', fields)
export const writeArticle = (id: string, wording: Wording) => api.put<Article>(at(id), wording)
export const actOnArticle = (id: string, version: number, event: string, remark = '') =>
  api.post<Article>(`${at(id)}/versions/${version}/events`, { event, remark })

export interface Occasion {
  call_id: string
  customer_id: string
}

export const noteUse = (id: string, kind: 'copied' | 'helpful' | 'unhelpful', callId: string) => api.post<unknown>(`${at(id)}/uses`, { kind, call_id: callId })
export const sendArticle = (id: string, channel: 'sms' | 'email' | 'fax', occasion: Occasion) => api.post<unknown>(`${at(id)}/send`, { channel, ...occasion })
export const answerWith = (id: string, question: string, reasonCode: string, occasion: Occasion) =>
  api.post<{ ticket_no: string }>(`${at(id)}/answered`, { question, reason_code: reasonCode, ...occasion })

export const askForArticle = (question: string, reasonCode: string, asTicket: boolean, occasion: Occasion) =>
  api.post<ArticleRequest>('/article-requests', { question, reason_code: reasonCode, as_ticket: asTicket, ...occasion })
export const articleRequests = () => api.get<ArticleRequest[]>('/article-requests')
export const closeRequest = (id: string, reason: string) => api.post<ArticleRequest>(`/article-requests/${id}/close`, { reason })

export const synonyms = () => api.get<Synonyms[]>('/articles/words/synonyms')
export const addSynonyms = (words: string[]) => api.post<Synonyms>('/articles/words/synonyms', { words })
export const deleteSynonyms = (id: string) => api.delete<unknown>(`/articles/words/synonyms/${id}`)

export const reasons = (center?: string) => api.get<ReasonTree>('/reasons', { center })
export const publishReasons = (center: string, tree: Reason[], note: string, basedOn: number) =>
  api.put<ReasonTree>(`/reasons/${encodeURIComponent(center)}`, { tree, note, based_on: basedOn })
export const ticketForm = (ticketNo: string) => api.get<TicketForm | null>(`/tickets/${encodeURIComponent(ticketNo)}/form`)

export const scripts = (query: { moment?: string; queue?: string; language?: string }) => api.get<Scripts>('/scripts', query)
export const scriptsOf = (center: string) => api.get<Scripts>(`/scripts/${encodeURIComponent(center)}`)
export const publishScripts = (center: string, lines: Line[], note: string, basedOn: number) =>
  api.put<Scripts>(`/scripts/${encodeURIComponent(center)}`, { lines, note, based_on: basedOn })
export const acknowledgeScripts = (version: number) => api.post<unknown>('/scripts/acknowledge', { version })
