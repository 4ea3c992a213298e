import { expect, it } from 'vitest'
import { defaultTree, smallTree } from '@/testing/menus'
import { blank, copyNode, freshId, idProblem, removeNode, renameNode, setKey, setNode } from './edit'
import { KINDS, type MenuNode, type Tree } from './model'
import { arrivalsAt, waysIn, waysOut } from './ways'

const targets = (tree: Tree) => [...waysIn(tree), ...Object.values(tree.nodes).flatMap(waysOut)].map((way) => way.to)
const loose = (tree: Tree) => targets(tree).filter((to) => !(to in tree.nodes))

it('sets and takes away a key without touching the old tree', () => {
  const tree = smallTree()
  const keyed = setKey(tree, 'main', '3', 'agent')
  expect((keyed.nodes['main'] as MenuNode).keys).toEqual({ 1: 'bill', 2: 'offers', 3: 'agent', '*': 'welcome' })
  expect((setKey(keyed, 'main', '3', null).nodes['main'] as MenuNode).keys).toEqual((tree.nodes['main'] as MenuNode).keys)
  expect(tree).toEqual(smallTree())
})

it('removes a node together with every way to it', () => {
  const tree = removeNode(smallTree({ quick: ['balance', 'offers'] }), 'offers')
  expect(tree.nodes['offers']).toBeUndefined()
  expect((tree.nodes['main'] as MenuNode).keys).toEqual({ 1: 'bill', '*': 'welcome' })
  expect(tree.quick).toEqual(['balance'])
})

it.each(['welcome', 'main', 'agent', 'bye'])('never removes %s, which the tree names', (id) => {
  const tree = smallTree()
  expect(removeNode(tree, id)).toBe(tree)
})

it('leaves nothing loose, whatever is removed or renamed', () => {
  for (const id of Object.keys(defaultTree().nodes)) {
    expect(loose(removeNode(defaultTree(), id))).toEqual([])
    const renamed = renameNode(defaultTree(), id, 'another')
    expect(loose(renamed)).toEqual([])
    expect(renamed.nodes['another']).toEqual(expect.objectContaining({ title: defaultTree().nodes[id]?.title }))
    expect(arrivalsAt(renamed, 'another')).toHaveLength(arrivalsAt(defaultTree(), id).length)
  }
})

it('keeps the order of the nodes when one is renamed', () => {
  expect(Object.keys(renameNode(smallTree(), 'bill', 'charges').nodes)).toEqual(['welcome', 'main', 'charges', 'balance', 'offers', 'agent', 'closed', 'bye'])
})

it.each([['Bill', 'form'], ['1x', 'form'], ['', 'form'], ['bill', 'taken'], ['bill.2', null]] as const)('id %j is %s', (id, problem) => {
  expect(idProblem(smallTree(), id)).toBe(problem)
  const tree = smallTree()
  if (problem) expect(renameNode(tree, 'main', id)).toBe(tree)
})

it('finds a free id and copies a node under it', () => {
  const tree = smallTree()
  expect(freshId(tree, 'other')).toBe('other')
  const copy = copyNode(tree, 'bill')
  expect(copy.id).toBe('bill_2')
  expect(copy.tree.nodes['bill_2']).toEqual(tree.nodes['bill'])
})

it.each(KINDS)('a blank %s leads nowhere unknown', (kind) => {
  const tree = smallTree()
  expect(loose(setNode(tree, 'fresh', blank(kind, '新', tree)))).toEqual([])
})
