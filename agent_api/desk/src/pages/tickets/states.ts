// Types and states of the ticket flows, in the order of their lives (requirements.md 2.2, 2.8.2).
export const TYPES = ['complaint', 'consult', 'fault', 'suggestion', 'praise', 'message', 'fraud', 'urgent', 'order'] as const

export const STATES = [
  'DRAFT', 'ACCEPTED', 'AUDITING', 'DISPATCHED', 'PROCESSING', 'INFO_REQUIRED', 'SUSPENDED', 'RETURNED', 'REPLIED',
  'RESULT_AUDIT', 'REPROCESSING', 'CALLBACK', 'CLOSED', 'ARCHIVED', 'REOPENED', 'CANCELLED', 'REJECTED', 'ASKED',
  'ANSWERED', 'FORWARDED', 'NOTIFIED', 'NEW', 'WORKING', 'REPORTED', 'PRE_CHECKED', 'IN_REPAIR', 'REPAIRED', 'CUSTOMER_CONFIRM',
] as const
