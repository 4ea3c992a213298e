// Addresses of the pages. No personal data ever appears in one.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { homeOf, PAGES, type PageName, pagesFor } from './pages'
import { useSession } from './stores/session'

const views: Record<PageName, () => Promise<unknown>> = {
  desk: () => import('./pages/desk/DeskPage.vue'),
  floor: () => import('./pages/floor/FloorPage.vue'),
  calls: () => import('./pages/calls/CallsPage.vue'),
  callbacks: () => import('./pages/callbacks/CallbacksPage.vue'),
  queues: () => import('./pages/queues/QueuesPage.vue'),
  planner: () => import('./pages/planner/PlannerPage.vue'),
  customers: () => import('./pages/customers/CustomersPage.vue'),
  knowledge: () => import('./pages/knowledge/KnowledgePage.vue'),
  reasons: () => import('./pages/reasons/ReasonsPage.vue'),
  scripts: () => import('./pages/scripts/ScriptsPage.vue'),
  tickets: () => import('./pages/tickets/TicketsPage.vue'),
  contacts: () => import('./pages/channels/ContactsPage.vue'),
  wallboard: () => import('./pages/wallboard/WallboardPage.vue'),
  stats: () => import('./pages/stats/StatsPage.vue'),
  dunning: () => import('./pages/dunning/DunningPage.vue'),
  menus: () => import('./pages/menus/MenusPage.vue'),
  exports: () => import('./pages/exports/ExportsPage.vue'),
  retention: () => import('./pages/retention/RetentionPage.vue'),
  pool: () => import('./pages/pool/PoolPage.vue'),
  visits: () => import('./pages/visits/VisitsPage.vue'),
  monitor: () => import('./pages/monitor/MonitorPage.vue'),
  exchange: () => import('./pages/exchange/ExchangePage.vue'),
  admin: () => import('./pages/admin/AdminPage.vue'),
  templates: () => import('./pages/templates/TemplatesPage.vue'),
  thresholds: () => import('./pages/thresholds/ThresholdsPage.vue'),
  calendars: () => import('./pages/calendars/CalendarsPage.vue'),
  roles: () => import('./pages/roles/RolesPage.vue'),
  audit: () => import('./pages/audit/AuditPage.vue'),
  announcements: () => import('./pages/announcements/AnnouncementsPage.vue'),
}

const children = PAGES.map(({ name, path }) => ({ name, path, component: views[name] }) as RouteRecordRaw)

const routes: RouteRecordRaw[] = [
  { path: '/first-steps', name: 'first-steps', component: () => import('./pages/signin/FirstSteps.vue') },
  { path: '/sign-in', name: 'sign-in', component: () => import('./pages/signin/SignInPage.vue') },
  {
    path: '/',
    component: () => import('./shell/AppShell.vue'),
    children: [
      ...children,
      { path: '/tickets/:ticketNo', name: 'ticket', component: views.tickets as RouteRecordRaw['component'] & object },
      { path: '/:rest(.*)*', name: 'nothing', component: () => import('./pages/NothingPage.vue') },
    ],
  },
]

export function createDeskRouter() {
  const router = createRouter({ history: createWebHistory(), routes })
  let asked = false
  router.beforeEach(async (to) => {
    const session = useSession()
    if (!asked) await session.restore()
    asked = true
    if (to.name === 'sign-in') return session.me ? { path: '/' } : true
    if (!session.me) return { name: 'sign-in', query: to.path === '/' ? {} : { next: to.path } }
    const { stage } = session.me
    if (stage === 'password' || stage === 'enrol') return to.name === 'first-steps' || { name: 'first-steps' }
    if (to.path === '/' || to.name === 'first-steps') return homeOf(session.me.permissions)
    return allowed(String(to.name), session.me.permissions) || homeOf(session.me.permissions)
  })
  return router
}

function allowed(name: string, permissions: readonly string[]): boolean {
  if (name === 'nothing') return true
  return pagesFor(permissions).some((page) => page.name === (name === 'ticket' ? 'tickets' : name))
}
