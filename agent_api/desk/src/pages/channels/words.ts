// The closed lists of written contacts, and the acts that are one press without a form. Pure.
export const CHANNELS = ['web', 'email', 'fax', 'letter', 'counter'] as const
export const STATES = ['PARSED', 'SPAM', 'UNREADABLE', 'REGISTERED', 'AUTO_ACK', 'ASSIGNED', 'PROCESSING', 'REPLY_DRAFT', 'SENT', 'BOUNCED', 'ARCHIVED'] as const
export const TYPES = ['complaint', 'consult', 'fault', 'suggestion', 'praise', 'message'] as const

export interface PlainAct {
  /** In the list of what may be done. */
  fact: string
  /** End of the address, and the name of the words. */
  path: string
  words: string
}

export const PLAIN_ACTS: readonly PlainAct[] = [
  { fact: 'judged_spam', path: 'spam', words: 'contacts.spam' },
  { fact: 'judged_honest', path: 'not-spam', words: 'contacts.notSpam' },
  { fact: 'not_readable', path: 'unreadable', words: 'contacts.unreadable' },
  { fact: 'read', path: 'readable', words: 'contacts.readable' },
  { fact: 'taken_up', path: 'take', words: 'contacts.take' },
  { fact: 'filed', path: 'archive', words: 'contacts.archive' },
]

/** Those that are possible now; who can be assigned takes it by that. */
export function plainActs(may: readonly string[]): PlainAct[] {
  return PLAIN_ACTS.filter((act) => may.includes(act.fact))
}

export const canTake = (may: readonly string[]): boolean => may.includes('assigned')
