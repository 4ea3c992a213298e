// requirements.md 4.7, in its order.
import type { Line } from '@/api/knowledge'

export const SITUATIONS: readonly Line['situation'][] = [
  'greeting', 'silence', 'unclear', 'not_understood', 'number_needed', 'hard_to_reach', 'searching', 'long_search', 'note_down',
  'confirm', 'not_offered', 'complaint', 'transfer', 'hold', 'abusive', 'ending',
]
