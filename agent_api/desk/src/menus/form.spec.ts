import { expect, it } from 'vitest'
import { defaultTree, smallTree } from '@/testing/menus'
import { blank, setNode } from './edit'
import { gapsOf } from './form'
import { KINDS } from './model'

it('finds nothing missing in the tree an installation starts with', () => {
  expect(gapsOf(defaultTree())).toEqual([])
})

it.each(KINDS.map((kind) => [kind, { menu: ['prompts', 'keys'], say: ['prompts'], language: ['prompts'] }[kind as 'menu'] ?? []]))('a blank %s lacks %j', (kind, fields) => {
  const tree = setNode(smallTree(), 'fresh', blank(kind as 'menu', '新', smallTree()))
  expect(gapsOf(tree)).toEqual((fields as string[]).map((field) => ({ node: 'fresh', field })))
})

it('wants a name', () => {
  const tree = smallTree()
  expect(gapsOf(setNode(tree, 'bye', { kind: 'end', title: ' ', prompts: [] }))).toEqual([{ node: 'bye', field: 'title' }])
})
