// What may be done to many tickets at once, and which right each takes. Pure.
export type BulkAct = 'urge' | 'assign' | 'reassign' | 'supervise'

const NEEDS: readonly [BulkAct, string][] = [
  ['urge', 'ticket.urge'],
  ['assign', 'ticket.dispatch'],
  ['reassign', 'ticket.dispatch'],
  ['supervise', 'ticket.supervise'],
]

export const bulkActs = (permissions: readonly string[]): BulkAct[] => NEEDS.filter(([, need]) => permissions.includes(need)).map(([act]) => act)

export const needsTarget = (act: BulkAct): boolean => act === 'assign' || act === 'reassign'
