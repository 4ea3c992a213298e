import { expect, it } from 'vitest'
import { homeOf, pagesFor } from './index'

it.each([
  [['agent.work', 'ticket.read', 'report.own'], ['desk', 'tickets', 'stats'], '/desk'],
  [['agent.work', 'ticket.read', 'wallboard.read', 'report.all', 'dunning.read'], ['desk', 'tickets', 'wallboard', 'stats', 'dunning'], '/wallboard'],
  [['ivr.edit', 'ivr.read', 'announce'], ['menus', 'announcements'], '/menus'],
  [['user.read', 'user.manage', 'retention.write'], ['thresholds', 'admin', 'retention'], '/thresholds'],
  [['audit.read'], ['audit'], '/audit'],
  [['dpo.only'], [], '/nothing'],
])('%j', (permissions, names, home) => {
  expect(pagesFor(permissions).map((page) => page.name)).toEqual(names)
  expect(homeOf(permissions)).toBe(home)
})
