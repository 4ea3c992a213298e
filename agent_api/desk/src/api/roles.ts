// What roles may do: the table of a centre, its versions, and how it changes.
import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type Matrix = Schemas['RoleMatrix']
export type Column = Schemas['RoleColumn']
export type Cell = Schemas['RoleCell']
export type RoleVersion = Schemas['RoleVersionOut']

const at = (center: string, what = '') => `/role-matrix/${encodeURIComponent(center)}${what}`

export const matrix = (center: string) => api.get<Matrix>(at(center))
export const versions = (center: string) => api.get<RoleVersion[]>(at(center, '/versions'))
export const change = (center: string, cells: Cell[], reason: string, based_on: number) => api.put<RoleVersion>(at(center), { cells, reason, based_on })
export const approve = (center: string, version: number) => api.post<RoleVersion>(at(center, `/versions/${version}/approve`))
export const refuse = (center: string, version: number, remark: string) => api.post<RoleVersion>(at(center, `/versions/${version}/refuse`), { remark })
