import { api } from './client'

export interface AnnouncementFields {
  center: string
  title: string
  area: string | null
  place: string
  prompts: string[]
  barge_in: boolean
  starts_at: string | null
  ends_at: string | null
  days_of_month: [number, number] | null
  active: boolean
}

export interface Announcement extends AnnouncementFields {
  id: string
}

const at = (id: string) => `/announcements/${encodeURIComponent(id)}`

export const announcements = () => api.get<Announcement[]>('/announcements')
export const createAnnouncement = (fields: AnnouncementFields) => api.post<Announcement>('/announcements', fields)
export const changeAnnouncement = (id: string, fields: AnnouncementFields) => api.put<Announcement>(at(id), fields)
export const deleteAnnouncement = (id: string) => api.delete<unknown>(at(id))
