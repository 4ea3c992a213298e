// Recordings of calls over HTTP. The sound itself is fetched by the browser's player, part by part.
import { api } from '@/api/client'
import type { components } from '@/api/schema'

export type Recording = components['schemas']['RecordingOut']
export type Peaks = components['schemas']['PeaksOut']
export type Pause = components['schemas']['PauseOut']

const at = (id: string) => `/recordings/${encodeURIComponent(id)}`

export const ofCall = async (callId: string): Promise<Recording | null> =>
  (await api.get<{ items: Recording[] }>('/recordings', { call_id: callId })).items[0] ?? null
export const peaks = (id: string) => api.get<Peaks>(`${at(id)}/peaks`)
export const soundUrl = (id: string) => `/api/v1${at(id)}/audio`
/** Somebody else agrees before there is a file. */
export const askForFile = (id: string, reason: string) => api.post<Export>(`${at(id)}/exports`, { reason })
export const hold = (id: string, reason: string) => api.post<Recording>(`${at(id)}/hold`, { reason })
export const release = (id: string, reason: string) => api.post<Recording>(`${at(id)}/release`, { reason })

export type Export = components['schemas']['ExportOut']
export const exports = () => api.get<Export[]>('/recordings/exports')
export const decide = (id: number, granted: boolean, remark: string) => api.post<Export>(`/recordings/exports/${id}/decision`, { granted, remark })
export const file = (id: number) => api.file(`/recordings/exports/${id}/file`, {})

export type Retention = components['schemas']['RetentionOut']
export const retention = () => api.get<Retention[]>('/recordings/retention')
/** Null: as the centre above. */
export const setRetention = (center_id: string, days: number | null, reason: string) => api.put<Retention[]>('/recordings/retention', { center_id, days, reason })
