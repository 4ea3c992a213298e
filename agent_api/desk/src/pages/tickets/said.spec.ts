import { expect, it } from 'vitest'
import { zhCN } from '@/i18n/zh-CN'
import { choices, fieldsOf } from './act_form'
import { said } from './said'

const texts = zhCN.tickets as unknown as Record<string, unknown>
const word = (key: string) => {
  const found = key.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], texts)
  return typeof found === 'string' ? found : ''
}
const read = { word, unit: (id: string) => `${id}中心`, category: (code: string) => `${code}类` }
const lines = (data: Record<string, string>) => said(data, read).map((each) => `${each.name}=${each.value}`)

it('tells what was said in words', () => {
  expect(lines({ target: 'js', contacted: 'yes', reason: 'AMOUNT', level: 'MAJOR', clock: 'accept', percent: '80', category: 'T.1' })).toEqual([
    '派发单位=js中心', '已联系客户=是', '原因=金额超出权限', '级别=重大', '时限=接单时限', '已用=80%', '分类=T.1类',
  ])
})

it('keeps the bookkeeping to itself', () => {
  expect(lines({ legal_rule: 'national-2016', legal_due: '2026-11-28T06:12:57+00:00', target_tier: 'C', leader: '' })).toEqual([])
})

it('writes times as times', () => {
  expect(lines({ until: '2026-11-25T17:26:28.59+00:00' })[0]).toMatch(/^挂起至=2026-11-2\d \d\d:\d\d$/)
})

it('asks for what an act needs in the way it is answered', () => {
  expect(fieldsOf('assign', ['target', 'leader?', 'comment'])).toEqual([{ name: 'target', required: true, kind: 'center' }, { name: 'leader', required: false, kind: 'person' }])
  expect(fieldsOf('finish_subtask', ['subtask'])[0]?.kind).toBe('subtask')
  expect(fieldsOf('add_subtask', ['subtask'])[0]?.kind).toBe('words')
})

it('offers the reasons of the act, not those of another', () => {
  expect(choices('escalate', 'reason').values).toContain('AMOUNT')
  expect(choices('return', 'reason').values).toContain('WRONG_UNIT')
  for (const [event, name] of [['escalate', 'reason'], ['return', 'reason'], ['reclassify', 'level'], ['satisfied', 'satisfaction']] as const) {
    const { values, words } = choices(event, name)
    for (const value of values) expect(word(`${words}.${value}`), value).not.toBe('')
  }
})
