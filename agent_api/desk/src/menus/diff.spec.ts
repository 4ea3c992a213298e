import { expect, it } from 'vitest'
import { smallTree } from '@/testing/menus'
import { diffTrees } from './diff'
import { removeNode, setKey, setNode } from './edit'
import { anEnd } from '@/testing/menus'

it('of a tree and itself is nothing, whatever the order of names', () => {
  const tree = smallTree()
  const shuffled = { ...tree, nodes: Object.fromEntries(Object.entries(tree.nodes).reverse()) }
  expect(diffTrees(tree, shuffled)).toEqual([])
})

it('names what was added, removed and changed, field by field', () => {
  const before = smallTree()
  const after = setNode(setKey(removeNode(before, 'closed'), 'main', '3', 'agent'), 'late', anEnd({ title: '太晚' }))
  expect(diffTrees(before, after)).toEqual([
    { id: 'main', about: 'node', what: 'changed', title: '主菜单', fields: [{ field: 'keys.3', before: '', after: 'agent' }] },
    { id: 'agent', about: 'node', what: 'changed', title: '人工', fields: [{ field: 'closed', before: 'closed', after: '' }] },
    { id: 'closed', about: 'node', what: 'removed', title: '下班', fields: [] },
    { id: 'late', about: 'node', what: 'added', title: '太晚', fields: [] },
  ])
})

it('tells settings of the whole tree', () => {
  const before = smallTree()
  const after = { ...before, languages: ['zh' as const], calendar: { ...before.calendar, holidays: {} } }
  expect(diffTrees(before, after).map((change) => [change.id, change.fields])).toEqual([
    ['languages', [{ field: 'languages', before: 'zh, en', after: 'zh' }]],
    ['calendar', [{ field: 'calendar.holidays.2026-10-01', before: '国庆节', after: '' }]],
  ])
})
