// What may be done to many tickets at once, which right each takes, and whom it names. Pure.
export type BulkAct = 'urge' | 'assign' | 'reassign' | 'hand_over' | 'supervise'

const NEEDS: readonly [BulkAct, string][] = [
  ['urge', 'ticket.urge'],
  ['assign', 'ticket.dispatch'],
  ['reassign', 'ticket.dispatch'],
  ['hand_over', 'ticket.reassign'],
  ['supervise', 'ticket.supervise'],
]

export const bulkActs = (permissions: readonly string[]): BulkAct[] => NEEDS.filter(([, need]) => permissions.includes(need)).map(([act]) => act)

export const needsTarget = (act: BulkAct): boolean => act === 'assign' || act === 'reassign'

/** Urgent tickets go to a unit with a leader; one handed to nobody goes back into the pool. */
export const personOf = (act: BulkAct): 'leader' | 'owner' | null => (needsTarget(act) ? 'leader' : act === 'hand_over' ? 'owner' : null)
