import { expect, it } from 'vitest'
import type { Targets } from '@/api/control'
import { groupsOf } from './targets'

const found: Targets = {
  agents: [{ id: '8001', name: '林晓雯', center: 'js', state: 'talking', queues: [] }, { id: '8002', name: '王海', center: 'js', state: 'ready', queues: ['bill'] }],
  queues: [{ id: 'bill', title: '话费业务', waiting: 3, ready: 0 }],
  centers: [],
}

it('never offers oneself, nor groups without anybody', () => {
  const groups = groupsOf(found, '', '8001')
  expect(groups.map((group) => group.kind)).toEqual(['agent', 'queue'])
  expect(groups[0]?.choices.map((choice) => choice.target.id)).toEqual(['8002'])
})

it('tells who could take it at once', () => {
  expect(groupsOf(found, '', '9999').flatMap((group) => group.choices.map((choice) => [choice.target.id, choice.quiet]))).toEqual([['8001', true], ['8002', false], ['bill', true]])
})

it.each([['10086', 1], ['12', 0], ['8002', 0], ['138x', 0]])('%s as a number outside: %i', (typed, count) => {
  expect(groupsOf(found, typed, '8001').filter((group) => group.kind === 'external')).toHaveLength(count)
})
