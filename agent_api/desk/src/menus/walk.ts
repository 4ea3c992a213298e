// A call walked through the tree key by key, for trying a menu out before it is published. Pure. The rules are those of
// the voice menu (requirements.md 4.2): three tries, `*` back, `9` again, `8` main menu in a task, `0` an agent.
import { isOpen } from './hours'
import type { Key, Language, SayNode, Tree, TreeNode } from './model'

export interface Caller {
  /** Conditions of the entry rules that hold for this caller. */
  conditions: readonly string[]
  did: string
  language: Language | null
  day: string
  time: string
}

export interface Step {
  id: string
  /** What the caller did to leave: a key, "silence", an outcome; empty while still there or when it went on by itself. */
  input: string
  language: Language
  prompts: readonly string[]
}

export type Waiting = 'key' | 'outcome' | 'over'

export interface Walk {
  at: string
  language: Language
  steps: readonly Step[]
  /** Menus left behind, latest last. */
  back: readonly string[]
  tries: number
  /** Something was served: silence ends the call instead of bringing an agent. */
  served: boolean
  /** Mandatory texts heard to the end: not said twice. */
  heard: readonly string[]
  waiting: Waiting
  /** How it ended: in a queue, with goodbye, or because the tree leads nowhere. */
  end: 'queue' | 'bye' | 'lost' | null
  caller: Caller
}

const TRIES = 3
/** More steps without a key than any sensible tree takes: it goes round in circles. */
const MOST_STEPS = 100

export function begin(tree: Tree, caller: Caller): Walk {
  const language = caller.language ?? tree.languages[0] ?? 'zh'
  const fresh: Walk = { at: '', language, steps: [], back: [], tries: 0, served: false, heard: [], waiting: 'key', end: null, caller }
  return enter(tree, fresh, entryOf(tree, caller))
}

export function entryOf(tree: Tree, { conditions, did }: Caller): string {
  const rule = tree.entry.find((one) => one.to && ((one.when !== null && conditions.includes(one.when)) || (one.did !== null && one.did === did)))
  return rule?.to ?? tree.start
}

export function press(tree: Tree, walk: Walk, key: Key): Walk {
  const node = tree.nodes[walk.at]
  if (!node || walk.waiting === 'over') return walk
  const here = noted(walk, key)
  if (node.kind === 'language') {
    const chosen = node.keys[key]
    return chosen ? enter(tree, { ...here, language: chosen }, node.next) : wrong(tree, here)
  }
  const keyed = node.kind === 'menu' ? node.keys[key] : undefined
  if (keyed) return enter(tree, leaving(here, node), keyed)
  if (key === '0') return enter(tree, here, peopleOf(tree, node) ?? tree.operator)
  if (key === '*') return goBack(tree, here)
  if (key === '9') return repeated(here, node)
  if (key === '8' && node.kind === 'task') return enter(tree, here, tree.main)
  return node.kind === 'menu' ? wrong(tree, here) : walk
}

export function silence(tree: Tree, walk: Walk): Walk {
  const node = tree.nodes[walk.at]
  if (!node || walk.waiting !== 'key') return walk
  const here = noted(walk, 'silence')
  if (node.kind === 'language') return enter(tree, { ...here, language: tree.languages[0] ?? 'zh' }, node.next)
  return wrong(tree, here)
}

/** Silence would have led to this menu's own agents: so does the wish for one. */
function peopleOf(tree: Tree, node: TreeNode): string | null {
  if (node.kind !== 'menu' || !node.if_silent) return null
  let id = node.if_silent
  for (let count = 0; count < MOST_STEPS && tree.nodes[id]?.kind === 'say'; count += 1) id = (tree.nodes[id] as SayNode).next
  return tree.nodes[id]?.kind === 'agent' ? node.if_silent : null
}

/** A task ends in one of its ways. What the node does not say has its usual meaning. */
export function finish(tree: Tree, walk: Walk, outcome: string): Walk {
  const node = tree.nodes[walk.at]
  if (node?.kind !== 'task') return walk
  const here = { ...noted(walk, outcome), served: walk.served || outcome === 'done' }
  const named = node.then[outcome]
  if (named) return enter(tree, here, named)
  switch (outcome) {
    case 'back':
      return goBack(tree, here)
    case 'main':
      return enter(tree, here, tree.main)
    case 'agent':
    case 'failed':
      return enter(tree, here, tree.operator)
    case 'silent':
      return enter(tree, here, here.served ? tree.bye : tree.operator)
    case 'end':
      return enter(tree, here, tree.bye)
    default:
      return node.next ? enter(tree, here, node.next) : goBack(tree, here)
  }
}

/** Goes on until the caller has to do something, or the call is over. */
function enter(tree: Tree, from: Walk, id: string): Walk {
  let walk: Walk = { ...from, at: id, tries: 0 }
  for (let count = 0; count < MOST_STEPS; count += 1) {
    const node = tree.nodes[walk.at]
    if (!node) return { ...walk, waiting: 'over', end: 'lost' }
    const next = passedBy(tree, walk, node)
    walk = arrived(walk, node, next !== null)
    if (next === null) return ended(walk, node)
    walk = { ...walk, at: next }
  }
  return { ...walk, waiting: 'over', end: 'lost' }
}

/** Where a node leads by itself; null when it waits or is the last. */
function passedBy(tree: Tree, walk: Walk, node: TreeNode): string | null {
  if (node.kind === 'say') return node.next
  if (node.kind === 'language' && (tree.languages.length < 2 || walk.caller.language !== null)) return node.next
  if (node.kind !== 'agent' || !node.closed || !node.hours) return null
  const hours = tree.hours[node.hours]
  return hours && !isOpen(hours, tree.calendar, walk.caller.day, walk.caller.time) ? node.closed : null
}

const textOf = (node: SayNode) => node.prompts.join(' ')

function arrived(walk: Walk, node: TreeNode, passes: boolean): Walk {
  const silent = (node.kind === 'say' && !node.barge_in && walk.heard.includes(textOf(node))) || (passes && node.kind !== 'say')
  const prompts = silent || node.kind === 'task' ? [] : node.prompts
  const heard = node.kind === 'say' && !node.barge_in ? [...walk.heard, textOf(node)] : walk.heard
  return { ...walk, heard, steps: [...walk.steps, { id: walk.at, input: '', language: walk.language, prompts }] }
}

function ended(walk: Walk, node: TreeNode): Walk {
  if (node.kind === 'agent') return { ...walk, waiting: 'over', end: 'queue' }
  if (node.kind === 'end') return { ...walk, waiting: 'over', end: 'bye' }
  return { ...walk, waiting: node.kind === 'task' ? 'outcome' : 'key' }
}

const leaving = (walk: Walk, node: TreeNode): Walk => (node.kind === 'menu' ? { ...walk, back: [...walk.back, walk.at] } : walk)

function goBack(tree: Tree, walk: Walk): Walk {
  const to = walk.back.at(-1) ?? tree.main
  return enter(tree, { ...walk, back: walk.back.slice(0, -1) }, to)
}

function repeated(walk: Walk, node: TreeNode): Walk {
  const prompts = node.kind === 'task' ? [] : node.prompts
  return { ...walk, steps: [...walk.steps, { id: walk.at, input: '', language: walk.language, prompts }] }
}

/** The third failure brings an agent, or the end when something was served. */
function wrong(tree: Tree, walk: Walk): Walk {
  const here = tree.nodes[walk.at]
  // A menu that only offers something asks once.
  if (here?.kind === 'menu' && here.if_silent) return enter(tree, walk, here.if_silent)
  const tries = walk.tries + 1
  if (tries >= TRIES) return enter(tree, walk, walk.served ? tree.bye : tree.operator)
  return { ...repeated(walk, here as TreeNode), tries }
}

function noted(walk: Walk, input: string): Walk {
  const last = walk.steps.at(-1)
  return last ? { ...walk, steps: [...walk.steps.slice(0, -1), { ...last, input }] } : walk
}
