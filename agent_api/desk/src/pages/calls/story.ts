// A call's story in lines to read: its queueing and its agents' stints, with everything that was done in between. Pure.
import type { CallDetail, StoryStep } from '@/api/types'

export interface Line {
  at: string
  kind: string
  step: Partial<StoryStep>
}

/** Tells nothing: a conference is over when somebody leaves. */
const isQuiet = (step: StoryStep): boolean => step.kind === 'conference' && !step.parties?.length

export function linesOf(call: CallDetail): Line[] {
  const marks: (Line | null)[] = [
    { at: call.offered_at, kind: 'offered', step: {} },
    call.queued_at ? { at: call.queued_at, kind: 'queued', step: { queue: call.queue } } : null,
    call.ended_at ? { at: call.ended_at, kind: 'ended', step: { how: call.hangup_side } } : null,
  ]
  const legs = call.legs.map((leg): Line => ({ at: leg.connected_at, kind: 'connected', step: { by: leg.agent_no, queue: leg.queue, seconds: leg.wait_ms / 1000 } }))
  const steps = call.story.filter((step) => !isQuiet(step)).map((step): Line => ({ at: step.at, kind: step.kind, step }))
  return [...marks.filter((mark) => mark !== null), ...legs, ...steps].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
