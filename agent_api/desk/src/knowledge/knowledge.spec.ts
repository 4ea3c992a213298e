import { expect, it } from 'vitest'
import type { FormField, Reason } from '@/api/knowledge'
import { compare } from '@/pages/knowledge/draft'
import { added, changed, moved, removed, rows } from '@/pages/reasons/tree'
import { leafOf, missing } from './forms'
import { filledIn, formOfAddress, momentOf } from './sentences'

const TREE: Reason[] = [
  { code: 'T', title: '投诉', children: [{ code: 'T.A', title: '收费', children: [{ code: 'T.A.1', title: '多收', fields: [] }, { code: 'T.A.2', title: '误订', fields: [] }] }] },
  { code: 'F', title: '报障', children: [{ code: 'F.A', title: '宽带', children: [{ code: 'F.A.1', title: '掉线', fields: [] }] }] },
] as unknown as Reason[]
const codes = (tree: readonly Reason[]) => rows(tree).map((row) => row.code)

it('finds leaves and says what is missing on their form', () => {
  expect(leafOf(TREE, 'T.A.2')?.title).toBe('误订')
  expect(leafOf(TREE, 'T.A')).toBeNull()
  const fields = [{ name: 'amount', title: '金额', kind: 'amount', required: true }, { name: 'day', title: '日期', kind: 'date' }] as FormField[]
  expect(missing(fields, {})).toEqual(['amount'])
  expect(missing(fields, { amount: '12.345', day: 'gestern' })).toEqual(['amount', 'day'])
  expect(missing(fields, { amount: '12.5', day: null })).toEqual([])
})

it('edits the tree without changing the one it was given', () => {
  expect(codes(moved(TREE, 'T.A.2', -1))).toEqual(['T', 'T.A', 'T.A.2', 'T.A.1', 'F', 'F.A', 'F.A.1'])
  expect(codes(moved(TREE, 'T', -1))).toEqual(codes(TREE))
  expect(codes(removed(TREE, 'F.A.1'))).toEqual(['T', 'T.A', 'T.A.1', 'T.A.2'])
  expect(leafOf(changed(TREE, 'T.A.1', { title: '重复收费' }), 'T.A.1')?.title).toBe('重复收费')
  expect(leafOf(TREE, 'T.A.1')?.title).toBe('多收')
})

it.each([
  ['T.A.1', 'T.A.3', 7 + 1],
  ['T.A', 'T.X1', 7 + 2],
  ['F', 'X1', 7 + 3],
])('adds beside %s down to a leaf, under a new code', (beside, code, count) => {
  const made = added(TREE, beside, '新原因')
  expect(made.code).toBe(code)
  expect(codes(made.tree)).toHaveLength(count)
  expect(rows(made.tree).every((row) => row.depth === 3 || codes(made.tree).some((other) => other.startsWith(`${row.code}.`)))).toBe(true)
})

it('shows what differs between two wordings, sentence by sentence', () => {
  const pieces = compare('月费五元。次月生效。', '月费六元。次月生效。可取消。')
  expect(pieces.map((piece) => [piece.change, piece.text])).toEqual([
    ['gone', '月费五元。'],
    ['new', '月费六元。'],
    ['same', '次月生效。'],
    ['new', '可取消。'],
  ])
})

it('fits sentences to the call', () => {
  expect([momentOf('held'), momentOf('wrap_up'), momentOf('ready'), momentOf(null)]).toEqual(['hold', 'wrap_up', null, null])
  expect(formOfAddress('张', '先生/女士')).toBe('张先生/女士')
  expect(formOfAddress('', '先生/女士')).toBe('先生/女士')
  expect(filledIn('{customer}，{agent}号，{minutes}分钟', { customer: '张女士', agent: '8001' })).toBe('张女士，8001号，＿＿分钟')
})
