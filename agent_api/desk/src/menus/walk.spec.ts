import { describe, expect, it } from 'vitest'
import { aMenu, defaultTree, smallTree } from '@/testing/menus'
import { setNode } from './edit'
import type { Key, Tree } from './model'
import { begin, type Caller, entryOf, finish, press, silence, type Walk } from './walk'

const anybody: Caller = { conditions: [], did: '10010', language: null, day: '2026-11-20', time: '10:00' }
const start = (tree: Tree, over: Partial<Caller> = {}) => begin(tree, { ...anybody, ...over })
const keys = (tree: Tree, walk: Walk, pressed: string) => [...pressed].reduce((now, key) => press(tree, now, key as Key), walk)
const way = (walk: Walk) => walk.steps.map((step) => step.id)

describe('the default tree', () => {
  const tree = defaultTree()

  it('greets, asks for the language, tells of the recording and offers the menu', () => {
    const walk = keys(tree, start(tree), '1')
    expect(way(walk)).toEqual(['welcome', 'language', 'notice', 'main'])
    expect(walk.steps.flatMap((step) => step.prompts)).toEqual(['welcome', 'menu/language', 'notice_recording', 'menu/main'])
    expect(walk.waiting).toBe('key')
  })

  it('does not ask those whose language is known', () => {
    const walk = start(tree, { language: 'en' })
    expect([walk.at, walk.language]).toEqual(['main', 'en'])
    expect(walk.steps.flatMap((step) => step.prompts)).not.toContain('menu/language')
  })

  it('reaches a balance by 1, 1, 1', () => {
    const walk = keys(tree, start(tree, { language: 'zh' }), '111')
    expect([walk.at, walk.waiting]).toEqual(['bill_mobile_balance', 'outcome'])
  })

  it.each(['0', '5'])('takes %s of a VIP for the wish for his agents', (key) => {
    expect(press(tree, start(tree, { conditions: ['vip'] }), key as Key)).toMatchObject({ at: 'vip_agent', end: 'queue' })
  })

  it('brings a silent VIP to his own agents', () => {
    const walk = silence(tree, start(tree, { conditions: ['vip'] }))
    expect([walk.at, walk.end]).toEqual(['vip_agent', 'queue'])
  })
})

it.each([
  [['vip'], '10010', 'agent'],
  [['blacklisted', 'vip'], '10010', 'bye'],
  [[], '10019', 'offers'],
  [['announced'], '10010', 'welcome'],
])('entry rules take %j on %s to %s', (conditions, did, to) => {
  const rule = { when: null, did: null, to: null }
  const entry = [{ ...rule, when: 'blacklisted', to: 'bye' }, { ...rule, when: 'announced' }, { ...rule, did: '10019', to: 'offers' }, { ...rule, when: 'vip', to: 'agent' }]
  expect(entryOf(smallTree({ entry }), { ...anybody, conditions, did })).toBe(to)
})

describe('keys', () => {
  const tree = smallTree()
  const atMain = () => start(tree)

  it('* goes back as one came', () => {
    const walk = keys(tree, atMain(), '1*')
    expect([walk.at, walk.back]).toEqual(['main', []])
  })

  it('9 says it again, 0 brings an agent', () => {
    expect(way(keys(tree, atMain(), '9'))).toEqual(['welcome', 'main', 'main'])
    expect(keys(tree, atMain(), '0')).toMatchObject({ at: 'agent', end: 'queue' })
  })

  it('8 leads from a task to the main menu', () => {
    expect(keys(tree, atMain(), '118').at).toBe('main')
  })

  it('a text that must be heard is said once', () => {
    const walk = keys(tree, atMain(), '*')
    expect(walk.steps.map((step) => step.prompts)).toEqual([['welcome'], ['menu/main'], [], ['menu/main']])
  })

  it.each([['wrong keys', (walk: Walk) => keys(tree, walk, '777')], ['silence', (walk: Walk) => silence(tree, silence(tree, silence(tree, walk)))]])('three times %s bring an agent', (_, fail) => {
    expect(fail(atMain())).toMatchObject({ at: 'agent', end: 'queue' })
  })

  it('a right key makes the tries start anew', () => {
    expect(keys(tree, atMain(), '771').tries).toBe(0)
  })

  it('a finished call takes no more keys', () => {
    const over = keys(tree, atMain(), '0')
    expect(press(tree, over, '1')).toBe(over)
  })
})

describe('a task', () => {
  const tree = smallTree()
  const inTask = () => keys(tree, start(tree), '11')

  it.each([
    ['done', 'bill'],
    ['back', 'bill'],
    ['main', 'main'],
    ['agent', 'agent'],
    ['failed', 'agent'],
    ['silent', 'agent'],
    ['end', 'bye'],
  ])('that ends as %s leads to %s', (outcome, to) => {
    expect(finish(tree, inTask(), outcome).at).toBe(to)
  })

  it('that served the caller lets silence end the call', () => {
    const served = press(tree, finish(tree, inTask(), 'done'), '1')
    expect(finish(tree, served, 'silent')).toMatchObject({ at: 'bye', end: 'bye' })
  })
})

it('outside the hours the caller goes where the tree says', () => {
  const tree = smallTree()
  expect(keys(tree, start(tree, { time: '22:00' }), '0')).toMatchObject({ at: 'closed', waiting: 'key' })
})

it('tells of circles and loose ends instead of hanging', () => {
  const round = setNode(smallTree(), 'welcome', { kind: 'say', title: '', prompts: ['welcome'], barge_in: true, next: 'welcome' })
  expect(start(round).end).toBe('lost')
  const loose = setNode(smallTree(), 'main', aMenu({ keys: { 1: 'nowhere' } }))
  expect(press(loose, start(loose), '1').end).toBe('lost')
})
