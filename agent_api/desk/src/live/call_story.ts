// Pure: a call on the screen + one event of its life = the call as it is now.
import type { Call } from '@/api/types'
import type { ContractEvent } from './messages'

export function afterEvent(call: Call, event: ContractEvent): Call {
  if (event.call_id !== call.call_id) return call
  switch (event.type) {
    case 'call.ivr_visited':
      return { ...call, ivr_path: [...call.ivr_path, stepOf(event)] }
    case 'call.identified':
      return { ...call, customer_id: event.customer_id, auth_level: event.auth_level }
    case 'call.connected':
      return { ...call, connected_at: event.at, agent_no: event.agent_id, wait_ms: event.wait_ms }
    case 'call.resumed':
      return { ...call, hold_ms: call.hold_ms + event.hold_ms }
    case 'call.surveyed':
      return { ...call, satisfaction: event.satisfaction }
    case 'call.ended':
      return endedBy(call, event)
    default:
      return call
  }
}

const stepOf = (event: Extract<ContractEvent, { type: 'call.ivr_visited' }>) => ({
  node: event.menu_node,
  key: event.key,
  outcome: event.outcome,
  at: event.at,
})

const endedBy = (call: Call, event: Extract<ContractEvent, { type: 'call.ended' }>): Call => ({
  ...call,
  ended: true,
  ended_at: event.at,
  hangup_side: event.hangup_side,
  talk_ms: event.talk_ms,
  hold_ms: event.hold_ms,
  incomplete: event.incomplete,
})
