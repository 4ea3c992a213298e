// How the level of a skill sinks while a caller waits, as stretches of a line. Pure.
import type { SkillNeed } from './model'

export interface Stretch {
  from: number
  /** null: from then on. */
  to: number | null
  level: number
  /** Where it begins and how long it is, as shares of the picture's width. */
  left: number
  width: number
}

/** Part of the picture that shows "from then on". */
const OPEN_END = 1.25

export function stretches({ level, relax }: SkillNeed): Stretch[] {
  const steps = [{ after_seconds: 0, level }, ...relax]
  const whole = Math.max(1, steps.at(-1)?.after_seconds ?? 0) * OPEN_END
  return steps.map((step, at) => {
    const to = steps[at + 1]?.after_seconds ?? null
    return { from: step.after_seconds, to, level: step.level, left: step.after_seconds / whole, width: ((to ?? whole) - step.after_seconds) / whole }
  })
}
