// What an agent can do with the call at hand. Each is answered when the call distribution did it, or refused with a code.
import { api } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type TargetKind = Schemas['TargetKind']
export type Target = Schemas['Target']
export type Targets = Schemas['Targets']

const at = (callId: string, what: string) => `/calls/${encodeURIComponent(callId)}/${what}`
const ask = (what: string) => (callId: string) => api.post<unknown>(at(callId, what))

export const targets = (q: string) => api.get<Targets>('/targets', { q })
export const hold = ask('hold')
export const resume = ask('resume')
export const transfer = (callId: string, to: Target, note: string) => api.post<unknown>(at(callId, 'transfer'), { to, note })
export const consult = (callId: string, to: Target) => api.post<unknown>(at(callId, 'consult'), { to })
export const endConsult = ask('consult/end')
export const completeTransfer = ask('consult/complete')
export const conference = ask('conference')
export const leaveConference = ask('conference/leave')
export const askForHelp = (callId: string, note: string) => api.post<unknown>(at(callId, 'help'), { note })
export const end = (callId: string, survey: boolean) => api.post<unknown>(at(callId, 'end'), { survey })
export const pauseRecording = ask('recording/pause')
export const resumeRecording = ask('recording/resume')
