// What a centre rules for itself: working days, templates of replies, versions of scripts and reasons, protected customers.
import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type WorkingDay = Schemas['WorkingDayOut']
export type DayException = Schemas['ExceptionOut']
export type DayIn = Schemas['DayIn']
export type Template = Schemas['TemplateOut']
export type TemplateFields = Schemas['TemplateIn']
export type Variable = Schemas['TemplateVariable']
export type Preview = Schemas['ReplyPreview']
export type Version = Schemas['DocumentVersion']
export type Watched = Schemas['WatchedOut']

const days = (center: string, what = '') => `/working-days/${encodeURIComponent(center)}${what}`
const template = (id: string, what = '') => `/reply-templates/${encodeURIComponent(id)}${what}`
const document = (kind: 'reasons' | 'scripts', center: string) => `/${kind}/${encodeURIComponent(center)}/versions`

export const year = (center: string, of: number) => api.get<WorkingDay[]>(days(center), { start: `${of}-01-01`, days: of % 4 === 0 ? 366 : 365 })
export const exceptions = (center: string) => api.get<DayException[]>(days(center, '/exceptions'))
export const declare = (center: string, { day, works, reason }: DayIn) => api.put<DayException>(days(center, `/exceptions/${day}`), { works, reason })
export const importDays = (center: string, rows: DayIn[]) => api.post<DayException[]>(days(center, '/import'), { days: rows })

export const removeDay = (center: string, day: string, reason: string) => api.post(days(center, `/exceptions/${day}/remove`), { reason })

export const templates = () => api.get<Template[]>('/reply-templates/versions')
export const variables = () => api.get<Variable[]>('/reply-templates/variables')
export const preview = (subject: string, text: string) => api.post<Preview>('/reply-templates/preview', { subject, text })
export const saveTemplate = (id: string, fields: TemplateFields) => api.put<Template>(template(id), fields)
export const publishTemplate = (row: Template) => api.post<Template>(template(row.template_id, `/${row.version}/publish`))
export const withdrawTemplate = (row: Template) => api.post<Template>(template(row.template_id, `/${row.version}/withdraw`))

export const versions = (kind: 'reasons' | 'scripts', center: string) => api.get<Version[]>(document(kind, center))
export const reasonsVersion = (center: string, version: number) => api.get<Schemas['ReasonTree']>(`${document('reasons', center)}/${version}`)
export const scriptsVersion = (center: string, version: number) => api.get<Schemas['ScriptVersion']>(`${document('scripts', center)}/${version}`)

const limits = (center: string, what = '') => `/thresholds/${encodeURIComponent(center)}${what}`
export const thresholds = (center: string) => api.get<Schemas['Thresholds']>(limits(center))
export const publishThresholds = (center: string, rows: Schemas['ThresholdRow'][], note: string, based_on: number) => api.put<Schemas['Thresholds']>(limits(center), { rows, note, based_on })
export const thresholdVersions = (center: string) => api.get<Version[]>(limits(center, '/versions'))
export const thresholdsVersion = (center: string, version: number) => api.get<Schemas['ThresholdVersion']>(limits(center, `/versions/${version}`))

export const watched = () => api.get<Watched[]>('/access/watched')
export const watch = (customer_id: string, reason: string) => api.post<unknown>('/access/watched', { customer_id, reason })
export const unwatch = (customer: string) => api.delete<unknown>(`/access/watched/${encodeURIComponent(customer)}`)

export type MessageWords = Schemas['MessageWords']
export type MessageText = Schemas['MessageTextRow']
export type MessageTextVersion = Schemas['MessageTextVersion']
const text = (center: string, id: string, what = '') => `/message-texts/${encodeURIComponent(center)}/${encodeURIComponent(id)}${what}`
export const messageTexts = (center: string) => api.get<MessageText[]>('/message-texts', { center })
export const messageTextVersions = (center: string, id: string) => api.get<MessageTextVersion[]>(text(center, id))
export const tryMessageText = (template_id: string, words: MessageWords) => api.post<Schemas['MessageTextShown']>('/message-texts/preview', { template_id, words })
export const saveMessageText = (center: string, id: string, words: MessageWords, note: string) => api.put<MessageTextVersion>(text(center, id), { words, note })
export const publishMessageText = (row: MessageTextVersion) => api.post<MessageTextVersion>(text(row.center_id, row.template_id, `/${row.version}/publish`))
export const withdrawMessageText = (row: MessageTextVersion) => api.post<MessageTextVersion>(text(row.center_id, row.template_id, `/${row.version}/withdraw`))
