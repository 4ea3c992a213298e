// A table of two queues for the tests, as the server sends it.
import type { Routing } from '@/api/routing'
import { newQueue, type RoutingTable } from '@/queues/model'

export const aTable = (over: Partial<RoutingTable> = {}): RoutingTable => ({
  version: 3, timezone: 'Asia/Shanghai', holidays: [], queues: [newQueue('bill', '话费'), newQueue('vip', '贵宾')], parents: {},
  priorities: { vip: 30, emergency: 50, complaint: 10, repeated_within_24h: 5, after_callback: 10 }, pause_limits: [], kept_seconds: 60, ...over,
})

export const aRouting = (over: Partial<Routing> = {}): Routing => ({
  live: 3, in_force: 3, table: aTable(), problems: [], versions: [{ version: 3, author: '8101', note: '夜间溢出', at: '2026-11-21T01:00:00Z', state: 'live' }], ...over,
})
