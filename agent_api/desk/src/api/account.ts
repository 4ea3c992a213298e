// One's own account: password, second factor, lock of an idle desk.
import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type Stage = Schemas['StageOut']['stage']
export type SecondFactor = Schemas['SecondFactorOut']
export type RecoveryCodes = Schemas['RecoveryCodes']

export const changePassword = (old: string, next: string) => api.put<{ stage: Stage }>('/session/password', { old, new: next })
export const beginSecondFactor = () => api.post<SecondFactor>('/session/second-factor')
export const confirmSecondFactor = (code: string) => api.post<RecoveryCodes>('/session/second-factor/confirm', { code })
export const lock = () => api.post<unknown>('/session/lock')
/** Somebody sits there and only reads or talks; whatever changes something tells it by itself. */
export const touch = () => api.post<unknown>('/session/touch')
export const unlock = (password: string) => api.post<{ stage: Stage }>('/session/unlock', { password })
