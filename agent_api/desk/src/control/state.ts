// Pure: what goes on around my conversation (who is asked, who else talks, the recording), one event after the other.
// Whether I talk, hold or ask says the agent's own state; this is what it does not say.
import type { TargetKind } from '@/api/control'
import type { ContractEvent } from '@/live/messages'

export interface CallControl {
  readonly callId: string
  /** Somebody is being asked while the customer hears music. */
  readonly consult: { kind: TargetKind; id: string } | null
  /** Who is in the conversation beside the customer; empty: no conference. */
  readonly parties: readonly string[]
  readonly recording: 'unknown' | 'on' | 'paused' | 'off'
  readonly helpAsked: boolean
}

export const NO_CALL: CallControl = { callId: '', consult: null, parties: [], recording: 'unknown', helpAsked: false }

export const startOf = (callId: string): CallControl => ({ ...NO_CALL, callId })

type RecordingChange = Extract<ContractEvent, { type: 'call.recording_changed' }>['state']
const RECORDING: Record<RecordingChange, CallControl['recording']> = { started: 'on', resumed: 'on', paused: 'paused', stopped: 'off' }

export function after(control: CallControl, event: ContractEvent): CallControl {
  if (event.call_id !== control.callId) return control
  switch (event.type) {
    case 'call.consulting':
      return { ...control, consult: { kind: event.to_kind, id: event.to } }
    case 'call.consult_over':
      return { ...control, consult: null }
    case 'call.conference_changed':
      return { ...control, consult: null, parties: event.parties }
    case 'call.recording_changed':
      return { ...control, recording: RECORDING[event.state] }
    case 'call.help_wanted':
      return { ...control, helpAsked: true }
    case 'call.ended':
      return NO_CALL
    default:
      return control
  }
}

/** One step of a call's story, as the server stores it. */
export interface StoryStep {
  kind: string
  to?: string | null
  to_kind?: string | null
  how?: string | null
  parties?: readonly string[] | null
}

/** The same from the call's page, for a desk that was loaded in the middle of the call. */
export function fromStory(callId: string, story: readonly StoryStep[]): CallControl {
  return story.reduce<CallControl>((control, step) => {
    switch (step.kind) {
      case 'consulting':
        return { ...control, consult: { kind: (step.to_kind ?? 'agent') as TargetKind, id: step.to ?? '' } }
      case 'consult_over':
        return { ...control, consult: null }
      case 'transferred':
        return { ...control, consult: null, helpAsked: false }
      case 'conference':
        return { ...control, consult: null, parties: step.parties ?? [] }
      case 'recording':
        return { ...control, recording: RECORDING[step.how as RecordingChange] ?? control.recording }
      case 'help':
        return { ...control, helpAsked: true }
      default:
        return control
    }
  }, startOf(callId))
}
