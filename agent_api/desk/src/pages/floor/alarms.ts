// Pure: when a figure of the floor is worth a look (warn) and when something must be done (alarm).
import type { AgentState } from '@/api/types'

export type Severity = 'calm' | 'warn' | 'alarm'

export interface Thresholds {
  waiting: number
  longestSeconds: number
  /** Share of calls answered in time, 0 to 1. */
  serviceLevel: number
}

export const DEFAULTS: Thresholds = { waiting: 5, longestSeconds: 30, serviceLevel: 0.85 }

const SAVED = 'desk.alarms'
/** Part of a threshold from which on it is worth a look. */
const NEAR = 2 / 3
/** So far above its target a service level is worth a look. */
const MARGIN = 0.05

export function savedThresholds(): Thresholds {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(SAVED) ?? '{}') as Partial<Thresholds>) }
  } catch {
    return DEFAULTS
  }
}

export const saveThresholds = (thresholds: Thresholds): void => localStorage.setItem(SAVED, JSON.stringify(thresholds))

/** More is worse. Exactly the threshold is not yet beyond it. */
export function above(value: number | null, threshold: number): Severity {
  if (value === null || value === 0) return 'calm'
  if (value > threshold) return 'alarm'
  return value >= threshold * NEAR ? 'warn' : 'calm'
}

/** Less is worse; of nothing there is no share. */
export function below(share: number | null, target: number): Severity {
  if (share === null) return 'calm'
  if (share < target) return 'alarm'
  return share < target + MARGIN ? 'warn' : 'calm'
}

/** Seconds in a state: a look, something must be done. States that are not here may last. */
const PATIENCE: Partial<Record<AgentState, readonly [number, number]>> = {
  reserved: [5, 15],
  ringing: [10, 20],
  talking: [600, 1200],
  held: [60, 180],
  consulting: [120, 300],
  kept: [15, 45],
  wrap_up: [60, 180],
  paused: [900, 1800],
}

export function tooLong(state: AgentState, seconds: number): Severity {
  const [warn, alarm] = PATIENCE[state] ?? [Infinity, Infinity]
  if (seconds >= alarm) return 'alarm'
  return seconds >= warn ? 'warn' : 'calm'
}
