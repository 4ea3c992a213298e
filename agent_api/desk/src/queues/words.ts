// A rule's value in words of the reader's language. Pure but for the texts.
import { isRecord, written } from '@/ui/field_changes'
import type { Circle, Opening, Overflow, SkillNeed, Way } from './model'
import { WITH_FIGURE } from './model'

/** Text of a key below `queues`, with values. */
export type Say = (key: string, values?: Record<string, unknown>) => string

export function valueInWords(field: string, value: unknown, say: Say): string {
  if (value === null || value === undefined || (Array.isArray(value) && !value.length)) return say('words.none')
  if (typeof value === 'boolean') return say(value ? 'words.yes' : 'words.no')
  const [head = ''] = field.split('.')
  if (head.startsWith('when_') && isRecord(value)) return wayInWords(value as unknown as Way, say)
  if (field === 'strategy') return say(`strategies.${String(value)}`)
  const list = LISTS[field]
  if (list && Array.isArray(value)) return value.map((item) => list(item as never, say)).join(say('words.and'))
  return field.endsWith('_seconds') || head.endsWith('_seconds') ? say('words.seconds', { n: String(value) }) : written(value)
}

const LISTS: Record<string, (item: never, say: Say) => string> = {
  skills: (need: SkillNeed, say) => {
    const steps = need.relax.map((step) => say(step.level ? 'words.relaxed' : 'words.dropped', { n: step.after_seconds, level: step.level }))
    return [say(need.required ? 'words.required' : 'words.preferred', { skill: need.skill, level: need.level }), ...steps].join(say('words.then'))
  },
  circles: (circle: Circle, say) => say('words.circle', { n: circle.after_seconds, reach: say(`reach.${circle.reach}`) }),
  overflows: (overflow: Overflow, say) => {
    const when = say(`conditions.${overflow.when}`, { n: overflow.threshold })
    return say('words.overflow', { n: overflow.after_seconds, queue: overflow.to_queue, when: WITH_FIGURE.includes(overflow.when) ? `${when} ${overflow.threshold}` : when })
  },
  'hours.openings': (opening: Opening, say) => `${opening.days.map((day) => say(`days.${day}`)).join('')} ${opening.begins.slice(0, 5)}–${opening.ends.slice(0, 5)}`,
}

export const wayInWords = (way: Way, say: Say): string => say(`ways.${way.kind}`, { queue: way.queue }) + (way.kind === 'queue' ? ` ${way.queue}` : '')
