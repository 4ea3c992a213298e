// The menu tree as the server stores it (acd/contracts/menu/tree.py), with every default written out. Types and names only.

export const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const
export type Key = (typeof KEYS)[number]
export type Language = 'zh' | 'en'
export const LANGUAGES: readonly Language[] = ['zh', 'en']

interface Titled {
  title: string
}

interface Speaking extends Titled {
  prompts: string[]
}

export interface MenuNode extends Speaking {
  kind: 'menu'
  keys: Partial<Record<Key, string>>
  first_key_seconds: number
  if_silent: string | null
}

export interface SayNode extends Speaking {
  kind: 'say'
  barge_in: boolean
  next: string
}

export interface LanguageNode extends Speaking {
  kind: 'language'
  keys: Partial<Record<Key, Language>>
  next: string
}

export interface TaskNode extends Titled {
  kind: 'task'
  task: string
  settings: Record<string, string>
  level: number | null
  then: Record<string, string>
  next: string | null
}

export interface AgentNode extends Speaking {
  kind: 'agent'
  queue: string
  priority: number
  hours: string | null
  closed: string | null
}

export interface EndNode extends Speaking {
  kind: 'end'
}

export type TreeNode = MenuNode | SayNode | LanguageNode | TaskNode | AgentNode | EndNode
export type NodeKind = TreeNode['kind']
export const KINDS: readonly NodeKind[] = ['menu', 'say', 'task', 'agent', 'language', 'end']

export interface EntryRule {
  when: string | null
  did: string | null
  to: string | null
}

export interface Span {
  open: string
  close: string
}

export const DAY_TYPES = ['weekdays', 'weekend', 'holiday'] as const
export type DayType = (typeof DAY_TYPES)[number]
export type Hours = Record<DayType, Span[]>

export interface Calendar {
  timezone: string
  holidays: Record<string, string>
  workdays: string[]
}

export interface Tree {
  format: 1
  title: string
  languages: Language[]
  entry: EntryRule[]
  start: string
  main: string
  operator: string
  bye: string
  nodes: Record<string, TreeNode>
  hours: Record<string, Hours>
  calendar: Calendar
  quick: string[]
}

/** The four nodes every tree has by name. */
export const ROLES = ['start', 'main', 'operator', 'bye'] as const
export type Role = (typeof ROLES)[number]

export const NODE_ID = /^[a-z][a-z0-9_.]{0,39}$/

export interface Problem {
  node: string | null
  field: string
  code: string
  message: string
  severity: 'error' | 'warning'
}

/** How any task may end (acd/contracts/menu/tasks.py EVERY); each task adds its own. */
export const EVERY_OUTCOME = ['done', 'back', 'main', 'agent', 'failed', 'silent', 'end'] as const

export interface TaskSpec {
  name: string
  title: string
  title_en: string
  level: number
  settings: Record<string, string[]>
  outcomes: string[]
}

export const promptsOf = (node: TreeNode): string[] => (node.kind === 'task' ? [] : node.prompts)
