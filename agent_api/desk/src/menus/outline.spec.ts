import { describe, expect, it } from 'vitest'
import { anEnd, defaultTree, smallTree } from '@/testing/menus'
import { setNode } from './edit'
import { BOX, layout, LINK } from './layout'
import { branchesOf, firstOpen, outline, pathTo, ROOT } from './outline'
import { neighbour } from './steps'

const nodesIn = (tree = defaultTree()) => branchesOf(outline(tree)).filter((branch) => branch.kind === 'node' || branch.kind === 'lost')

describe('the outline', () => {
  it('shows every node at exactly one place', () => {
    const shown = nodesIn().map((branch) => branch.id)
    expect(shown.sort()).toEqual(Object.keys(defaultTree().nodes).sort())
  })

  it('gives every box a key of its own', () => {
    const keys = branchesOf(outline(defaultTree())).map((branch) => branch.key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('hangs a shared node under the menu, not under a short cut', () => {
    expect(pathTo(outline(defaultTree()), 'topup')).toEqual([ROOT, 'welcome', 'language', 'notice', 'main', 'bill', 'bill_mobile', 'topup'])
  })

  it('shows what happens outside the hours with the operator', () => {
    expect(pathTo(outline(defaultTree()), 'general_message')).toEqual([ROOT, 'agent', 'closed', 'general_message'])
  })

  it('makes links of the ways back', () => {
    const main = branchesOf(outline(smallTree())).find((branch) => branch.key === 'main')
    expect(main?.children.map(({ kind, id, slots }) => [kind, id, slots])).toEqual([
      ['node', 'bill', ['key:1']],
      ['node', 'offers', ['key:2']],
      ['link', 'welcome', ['key:*']],
    ])
  })

  it('shows what nobody can reach', () => {
    const tree = setNode(smallTree(), 'alone', anEnd())
    expect(nodesIn(tree).filter((branch) => branch.kind === 'lost').map((branch) => branch.id)).toEqual(['alone'])
  })

  it('puts entry rules in their order before the usual way', () => {
    const ways = outline(defaultTree()).children.map((branch) => branch.slots[0])
    expect(ways).toEqual([...['0', '2', '4', '5', '7', '8'].map((n) => `entry:${n}`), 'start', 'operator', 'bye'])
  })
})

describe('the layout', () => {
  const root = outline(defaultTree())
  const all = layout(root, new Set(branchesOf(root).map((branch) => branch.key)))

  it('never lets two boxes touch', () => {
    for (const a of all.boxes) {
      const near = all.boxes.filter((b) => b !== a && b.x < a.x + a.width && a.x < b.x + b.width && b.y < a.y + a.height && a.y < b.y + b.height)
      expect(near).toEqual([])
    }
    expect(all.boxes.length).toBeGreaterThan(130)
  })

  it('draws a line to every box but the root', () => {
    expect(all.lines).toHaveLength(all.boxes.length - 1)
  })

  it('at first shows the main menu with what it offers, and counts what is folded', () => {
    const first = layout(root, firstOpen(root, 'main'))
    const shown = first.boxes.map((box) => box.branch.key)
    expect(shown).toContain('emergency')
    expect(shown).not.toContain('emergency_suspend')
    expect(first.boxes.find((box) => box.branch.key === 'bill')?.hidden).toBe(39)
  })

  it('centres a parent between its children', () => {
    const box = (key: string) => all.boxes.find((one) => one.branch.key === key) as (typeof all.boxes)[number]
    const middle = (key: string) => box(key).y + box(key).height / 2
    expect(middle('fault')).toBe((middle('fault_no_service') + middle('fault_other')) / 2)
    expect([box('main').height, box('main>welcome').height]).toEqual([BOX.height, LINK.height])
  })

  it('can be walked through by the arrows', () => {
    expect(neighbour(all, 'fault', 'down')).toBe('fault_no_service')
    expect(neighbour(all, 'fault_no_service', 'up')).toBe('fault')
    expect(neighbour(all, 'fault_no_service', 'after')).toBe('fault_internet')
    expect(neighbour(all, ROOT, 'up')).toBeNull()
  })
})
