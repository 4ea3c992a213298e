// Menu trees for the tests: the one a new installation starts with, and a small one.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import type { AgentNode, EndNode, MenuNode, TaskNode, Tree, TreeNode } from '@/menus/model'

const DEFAULTS: Record<string, object> = {
  menu: { first_key_seconds: 5, if_silent: null },
  say: { barge_in: true },
  task: { settings: {}, level: null, then: {}, next: null },
  agent: { priority: 0, prompts: ['to_agent'], hours: null, closed: null },
  end: { prompts: ['goodbye'] },
}

const DEFAULT_TREE = join(import.meta.dirname, '../../../../acd/contracts/menu/default.toml')

/** The contracts' tree with every default written out, as the server sends it. */
export function defaultTree(): Tree {
  const raw = parse(readFileSync(DEFAULT_TREE, 'utf8')) as unknown as Tree
  const nodes = Object.entries(raw.nodes).map(([id, node]) => [id, { ...DEFAULTS[node.kind], ...node }])
  const entry = raw.entry.map((rule) => ({ ...{ when: null, did: null, to: null }, ...rule }))
  return { ...raw, format: 1, entry, nodes: Object.fromEntries(nodes) as Record<string, TreeNode> }
}

export const aMenu = (over: Partial<MenuNode> = {}): MenuNode => ({ kind: 'menu', title: '菜单', prompts: ['menu/main'], keys: {}, first_key_seconds: 5, if_silent: null, ...over })
export const aTask = (over: Partial<TaskNode> = {}): TaskNode => ({ kind: 'task', title: '服务', task: 'article', settings: { topic: 'offers' }, level: null, then: {}, next: null, ...over })
export const anAgentNode = (over: Partial<AgentNode> = {}): AgentNode => ({ kind: 'agent', title: '人工', queue: 'general', priority: 0, prompts: ['to_agent'], hours: null, closed: null, ...over })
export const anEnd = (over: Partial<EndNode> = {}): EndNode => ({ kind: 'end', title: '再见', prompts: ['goodbye'], ...over })

/** welcome -> main (1 bill, 2 offers, * welcome); bill (1 balance, 0 agent); agent is closed at night. */
export const smallTree = (over: Partial<Tree> = {}): Tree => ({
  format: 1,
  title: '小流程',
  languages: ['zh', 'en'],
  entry: [{ when: 'vip', did: null, to: 'agent' }, { when: 'announced', did: null, to: null }],
  start: 'welcome',
  main: 'main',
  operator: 'agent',
  bye: 'bye',
  nodes: {
    welcome: { kind: 'say', title: '欢迎', prompts: ['welcome'], barge_in: false, next: 'main' },
    main: aMenu({ title: '主菜单', keys: { 1: 'bill', 2: 'offers', '*': 'welcome' } }),
    bill: aMenu({ title: '话费', prompts: ['menu/bill'], keys: { 1: 'balance', 0: 'agent' } }),
    balance: aTask({ title: '余额', task: 'bill.balance', settings: { product: 'mobile' }, then: { failed: 'agent' } }),
    offers: aTask({ title: '优惠', next: 'bye' }),
    agent: anAgentNode({ hours: 'day', closed: 'closed' }),
    closed: aMenu({ title: '下班', prompts: ['menu/closed'], keys: { 1: 'main' } }),
    bye: anEnd(),
  },
  hours: { day: { weekdays: [{ open: '08:00', close: '20:00' }], weekend: [{ open: '09:00', close: '12:00' }], holiday: [] } },
  calendar: { timezone: 'Asia/Shanghai', holidays: { '2026-10-01': '国庆节' }, workdays: ['2026-10-10'] },
  quick: ['balance'],
  ...over,
})
