import { api } from './client'
import type { Notice, NoticeFields } from './types'

const at = (id: string) => `/announcements/${encodeURIComponent(id)}`

export const announcements = () => api.get<Notice[]>('/announcements')
export const createAnnouncement = (fields: NoticeFields) => api.post<Notice>('/announcements', fields)
export const changeAnnouncement = (id: string, fields: NoticeFields) => api.put<Notice>(at(id), fields)
export const deleteAnnouncement = (id: string) => api.delete<unknown>(at(id))
