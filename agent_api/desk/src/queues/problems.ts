// What does not fit together in the table, found while it is edited. The server looks again before it is in force. Pure.
import { NAME, type Opening, type QueueRule, type RoutingTable, type SkillNeed, WAY_FIELDS } from './model'

export interface Problem {
  /** Empty: of the whole table. */
  queue: string
  field: string
  code: string
  values?: Record<string, string>
  /** The server says it in words, and whether it can be put in force all the same. */
  message?: string
  severity?: 'error' | 'warning'
}

export const isError = (problem: Problem): boolean => problem.severity !== 'warning'

const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/

export function problemsOf(table: RoutingTable): Problem[] {
  const names = table.queues.map((queue) => queue.name)
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  return [...twice.map((name) => ({ queue: name, field: 'name', code: 'twice' })), ...table.queues.flatMap((queue) => inQueue(queue, names))]
}

function inQueue(queue: QueueRule, names: readonly string[]): Problem[] {
  const found: Problem[] = []
  const tell = (field: string, code: string, values?: Record<string, string>) => found.push({ queue: queue.name, field, code, ...(values ? { values } : {}) })
  if (!queue.title.trim()) tell('title', 'empty')
  queue.skills.forEach((need) => inSkill(need, tell))
  if (new Set(queue.skills.map((need) => need.skill)).size < queue.skills.length) tell('skills', 'twice')
  ways(queue, names, tell)
  for (const { to_queue: to } of queue.overflows) {
    if (to === queue.name) tell('overflows', 'itself')
    else if (!names.includes(to)) tell('overflows', 'unknown', { queue: to })
  }
  if (!rises(queue.circles.map((circle) => circle.after_seconds)) || !rises(queue.circles.map((circle) => circle.reach))) tell('circles', 'order')
  if (queue.circles[0]?.after_seconds !== 0) tell('circles', 'late')
  queue.hours.openings.forEach((opening) => inOpening(opening, tell))
  if (queue.callback && queue.callback.gap_seconds >= queue.callback.expires_seconds) tell('callback', 'tooShort')
  return found
}

type Tell = (field: string, code: string, values?: Record<string, string>) => void

function inSkill({ skill, level, relax }: SkillNeed, tell: Tell): void {
  if (!NAME.test(skill)) tell('skills', 'name', { skill })
  if (!rises(relax.map((step) => step.after_seconds))) tell('skills', 'relaxOrder', { skill })
  if (!falls([level, ...relax.map((step) => step.level)])) tell('skills', 'relaxUp', { skill })
}

function ways(queue: QueueRule, names: readonly string[], tell: Tell): void {
  for (const field of WAY_FIELDS) {
    const way = queue[field]
    if (way?.kind === 'callback' && !queue.callback) tell(field, 'noCallback')
    if (way?.kind !== 'queue') continue
    if (way.queue === queue.name) tell(field, 'itself')
    else if (!names.includes(way.queue)) tell(field, 'unknown', { queue: way.queue })
  }
}

function inOpening({ days, begins, ends }: Opening, tell: Tell): void {
  if (!days.length) tell('hours', 'noDays')
  if (!TIME.test(begins) || !TIME.test(ends) || begins >= ends) tell('hours', 'order')
}

const rises = (figures: readonly number[]): boolean => figures.every((figure, at) => at === 0 || figure > (figures[at - 1] ?? 0))
const falls = (figures: readonly number[]): boolean => figures.every((figure, at) => at === 0 || figure < (figures[at - 1] ?? 0))
