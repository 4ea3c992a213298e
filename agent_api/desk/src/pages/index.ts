// The pages of the desk and who may open them. Pure: the menu and the router both read this list.

export type PageName = 'knowledge' | 'reasons' | 'scripts' | 'desk' | 'customers' | 'floor' | 'calls' | 'callbacks' | 'queues' | 'planner' | 'tickets' | 'contacts' | 'wallboard' | 'stats' | 'dunning' | 'menus' | 'announcements' | 'retention' | 'monitor' | 'pool' | 'visits' | 'exchange' | 'admin' | 'roles' | 'templates' | 'calendars' | 'thresholds' | 'audit' | 'exports'

export interface Page {
  name: PageName
  path: string
  /** Any one of these permissions opens the page. */
  needs: readonly string[]
}

export const PAGES: readonly Page[] = [
  { name: 'desk', path: '/desk', needs: ['agent.work'] },
  { name: 'floor', path: '/floor', needs: ['floor.read'] },
  { name: 'calls', path: '/calls', needs: ['call.read_all'] },
  { name: 'customers', path: '/customers', needs: ['customer.read', 'audit.alarms'] },
  { name: 'tickets', path: '/tickets', needs: ['ticket.read'] },
  { name: 'monitor', path: '/monitor', needs: ['work.read'] },
  { name: 'pool', path: '/pool', needs: ['ticket.reassign'] },
  { name: 'visits', path: '/visits', needs: ['visit.work'] },
  { name: 'contacts', path: '/contacts', needs: ['contact.read'] },
  { name: 'knowledge', path: '/knowledge', needs: ['article.use', 'article.write', 'article.approve'] },
  { name: 'reasons', path: '/reasons', needs: ['reason.edit'] },
  { name: 'scripts', path: '/scripts', needs: ['script.edit'] },
  { name: 'templates', path: '/templates', needs: ['template.write', 'template.approve'] },
  { name: 'calendars', path: '/calendars', needs: ['calendar.edit'] },
  { name: 'thresholds', path: '/thresholds', needs: ['threshold.edit', 'user.read'] },
  { name: 'wallboard', path: '/wallboard', needs: ['wallboard.read'] },
  { name: 'stats', path: '/stats', needs: ['report.all', 'report.center', 'report.own'] },
  { name: 'dunning', path: '/dunning', needs: ['dunning.read'] },
  { name: 'callbacks', path: '/callbacks', needs: ['callback.work'] },
  { name: 'planner', path: '/planner', needs: ['plan.read'] },
  { name: 'queues', path: '/queues', needs: ['routing.read', 'routing.edit'] },
  { name: 'menus', path: '/menus', needs: ['ivr.read', 'ivr.edit'] },
  { name: 'admin', path: '/admin', needs: ['user.read'] },
  { name: 'roles', path: '/roles', needs: ['user.roles'] },
  { name: 'audit', path: '/audit', needs: ['audit.read'] },
  { name: 'retention', path: '/retention', needs: ['retention.write', 'user.read'] },
  { name: 'exports', path: '/exports', needs: ['recording.export', 'recording.approve'] },
  { name: 'announcements', path: '/announcements', needs: ['announce'] },
  { name: 'exchange', path: '/exchange', needs: ['exchange.read'] },
]

export function pagesFor(permissions: readonly string[]): readonly Page[] {
  return PAGES.filter((page) => page.needs.some((need) => permissions.includes(need)))
}

/** Where someone starts: supervisors watch the traffic, agents take calls. */
export function homeOf(permissions: readonly string[]): string {
  const open = pagesFor(permissions)
  const board = open.find((page) => page.name === 'wallboard')
  return (board ?? open[0])?.path ?? '/nothing'
}
