// Which desk this tab is for the call distribution, and what rings at it. The session lives as long as the tab, also over
// a reload: so the server knows the same desk when it comes back.
import { ref, watch } from 'vue'
import type { DeskSession, Device } from '@/api/agent'

const SESSION = 'desk.session'
const CALL = 'desk.call'
const DEVICES = 'desk.devices'
const SIGNED_IN = 'desk.signed_in'

export const ALL_DEVICES: readonly Device[] = ['browser', 'phone']

export function deskSession(): string {
  const known = sessionStorage.getItem(SESSION)
  if (known) return known
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const made = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  sessionStorage.setItem(SESSION, made)
  return made
}

/** Whether the agent's calls go to this tab; over a reload they still do. */
export const signedInHere = ref(sessionStorage.getItem(SIGNED_IN) === 'yes')
watch(signedInHere, (here) => sessionStorage.setItem(SIGNED_IN, here ? 'yes' : 'no'), { flush: 'sync' })

/** What rings: by default both the browser and the telephone on the desk. Kept per browser. */
export function devices(): readonly Device[] {
  const saved = (localStorage.getItem(DEVICES) ?? '').split(',')
  const chosen = ALL_DEVICES.filter((device) => saved.includes(device))
  return chosen.length ? chosen : ALL_DEVICES
}

export const chooseDevices = (chosen: readonly Device[]): void => localStorage.setItem(DEVICES, chosen.join(','))

export const seat = (): DeskSession => ({ session: deskSession(), devices: devices() })

/** The conversation this tab is in; it survives a reload, so that the call given back is known as ours. */
export const rememberedCall = (): string => sessionStorage.getItem(CALL) ?? ''

export function rememberCall(callId: string): void {
  if (callId) sessionStorage.setItem(CALL, callId)
  else sessionStorage.removeItem(CALL)
}
