import { expect, it } from 'vitest'
import { smallTree } from '@/testing/menus'
import { findNodes } from './search'

const textOf = (prompt: string) => ({ 'menu/bill': '移动电话请按1' })[prompt] ?? ''

it.each([
  ['', []],
  ['BILL', ['bill']],
  ['话费', ['bill']],
  ['移动电话', ['bill']],
  ['balance', ['balance']],
  ['nothing like it', []],
])('%j finds %j', (query, found) => {
  expect(findNodes(smallTree(), query, textOf)).toEqual(found)
})
