// System administration: people, roles, centres, sessions; and the audit log for those who read it.
import { api, withQuery } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type Person = Schemas['PersonOut']
export type PersonFields = Schemas['PersonIn']
export type Role = Schemas['RoleOut']
export type DeskSession = Schemas['SessionOut']
export type CenterRow = Schemas['CenterRow']
export type InitialPassword = Schemas['InitialPassword']
export type ApiClient = Schemas['ClientOut']
export type ClientToken = Schemas['ClientToken']
export type NewClient = Schemas['NewClient']
export type AuditRow = Schemas['AuditRow']
export type AuditPage = Schemas['AuditPage']
export type AuditCheck = Schemas['AuditCheck']
export type AuditQuery = { actor?: string; action?: string; subject_id?: string; result?: string; begins?: string; ends?: string; before?: number; limit?: number }

const at = (agentNo: string, what = '') => `/admin/people/${encodeURIComponent(agentNo)}${what}`

export const people = (q: string, center: string, limit: number, offset: number) => api.get<{ items: Person[]; total: number }>('/admin/people', { q, center, limit, offset })
export const createPerson = (agentNo: string, fields: PersonFields) => api.post<InitialPassword>('/admin/people', { ...fields, agent_no: agentNo })
export const changePerson = (agentNo: string, fields: PersonFields) => api.put<Person>(at(agentNo), fields)
export const resetPassword = (agentNo: string) => api.post<InitialPassword>(at(agentNo, '/password'))
export const resetSecondFactor = (agentNo: string) => api.delete<unknown>(at(agentNo, '/second-factor'))
export const unlockPerson = (agentNo: string) => api.post<unknown>(at(agentNo, '/unlock'))
export const sessions = (agentNo: string) => api.get<DeskSession[]>(at(agentNo, '/sessions'))
export const endSessions = (agentNo: string) => api.delete<unknown>(at(agentNo, '/sessions'))
export const roles = () => api.get<Role[]>('/admin/roles')
export const centers = () => api.get<CenterRow[]>('/admin/centers')
export const createCenter = (id: string, name: string, parent_id: string) => api.post<CenterRow[]>('/admin/centers', { id, name, parent_id })
export const renameCenter = (id: string, name: string) => api.put<CenterRow[]>(`/admin/centers/${encodeURIComponent(id)}`, { name })

export const clients = () => api.get<ApiClient[]>('/api-clients')
export const createClient = (fields: NewClient) => api.post<ClientToken>('/api-clients', fields)
export const rotateToken = (id: string) => api.post<ClientToken>(`/api-clients/${encodeURIComponent(id)}/rotate`)
export const disableClient = (id: string) => api.delete<unknown>(`/api-clients/${encodeURIComponent(id)}`)

export const auditLog = (query: AuditQuery) => api.get<AuditPage>('/audit', query)
export const checkAudit = () => api.get<AuditCheck>('/audit/check')
export const auditFile = (query: AuditQuery) => api.file(withQuery('/audit/export', query), {})
