// Example values shared by the tests: one call, one agent, one queue, with what a test wants different.
import type { AgentSnapshot, Call, Catalogue, Interval, Kpi, Me, QueueSnapshot } from '@/api/types'

export const NOW = Date.parse('2026-11-21T02:30:00Z')

export const aMe = (over: Partial<Me> = {}): Me => ({
  agent_no: '8001',
  name: '林晓雯',
  roles: ['agent'],
  permissions: ['agent.work', 'customer.read', 'customer.unmask', 'ticket.read', 'ticket.create'],
  center: { id: 'js', name: '江苏省客户服务中心', level: 'P' },
  queues: ['general', 'bill'],
  language: 'zh',
  timezone: 'Asia/Shanghai',
  stage: 'open',
  idle_seconds: 600,
  ...over,
})

export const anAgent = (over: Partial<AgentSnapshot> = {}): AgentSnapshot => ({
  at: '2026-11-21T02:29:00Z',
  agent_id: '8001',
  name: '林晓雯',
  center_id: 'js',
  state: 'ready',
  reason: null,
  since: '2026-11-21T02:29:00Z',
  call_id: null,
  queues: ['bill'],
  wrap_up_until: null,
  skills: {},
  devices: ['browser', 'phone'],
  pause_until: null,
  by: '',
  session: '',
  desk_lost_at: null,
  ...over,
})

export const aQueue = (over: Partial<QueueSnapshot> = {}): QueueSnapshot => ({
  at: '2026-11-21T02:29:00Z',
  queue: 'bill',
  title: '话费业务',
  waiting: [],
  expected_wait_seconds: null,
  agents_logged_in: 2,
  agents_ready: 1,
  agents_busy: 1,
  service_level_seconds: 15,
  closed: false,
  ...over,
})

export const aCall = (over: Partial<Call> = {}): Call => ({
  call_id: 'n1-1763764000.12',
  direction: 'inbound',
  did: '10010',
  queue: 'bill',
  caller_masked: '139****0001',
  caller_number: '13900000001',
  customer_id: 'C000001',
  auth_level: 1,
  offered_at: '2026-11-21T02:26:40Z',
  queued_at: '2026-11-21T02:27:10Z',
  connected_at: null,
  ended_at: null,
  wait_ms: null,
  talk_ms: 0,
  hold_ms: 0,
  agent_no: '8001',
  ivr_path: [{ node: 'main', key: '1', outcome: 'bill', at: '2026-11-21T02:26:52Z' }],
  decision: '空闲最久',
  satisfaction: null,
  ended: false,
  hangup_side: null,
  disposition: null,
  disposition_title: null,
  notes: '',
  resolved: null,
  ticket_nos: [],
  incomplete: false,
  ...over,
})

export const aKpi = (over: Partial<Kpi> = {}): Kpi => ({
  id: 'K03',
  title: '话务接通率',
  value: 6 / 7,
  numerator: 6,
  denominator: 7,
  unit: '%',
  target: { op: '>=', value: 0.95, upper: null },
  met: false,
  formula: 'count(is_agent_anw) / count(is_agent_req)',
  version: 1,
  ...over,
})

export const anInterval = (over: Partial<Interval> = {}): Interval => ({
  start: '2026-11-21T02:30:00Z',
  offered: 10,
  queued: 7,
  answered: 6,
  abandoned: 1,
  answered_15s: 4,
  incomplete: false,
  ...over,
})

export const aCatalogue = (over: Partial<Catalogue> = {}): Catalogue => ({
  tasks: [
    { name: 'bill.balance', title: '查询余额', title_en: 'Balance', level: 1, settings: { product: ['mobile', 'ip'] }, outcomes: [] },
    { name: 'article', title: '业务介绍', title_en: 'Information', level: 0, settings: { topic: [] }, outcomes: ['none'] },
  ],
  conditions: [{ name: 'vip', title: '贵宾客户' }, { name: 'announced', title: '有公告' }],
  queues: [{ name: 'general', title: '综合业务' }],
  prompts: ['welcome', 'menu/main', 'menu/bill', 'menu/closed', 'to_agent', 'goodbye'].map((id) => ({ id, zh: `${id} 的内容`, en: `text of ${id}`, seconds: { zh: 2, en: 2 }, own: false, state: 'ready' })),
  ...over,
})
