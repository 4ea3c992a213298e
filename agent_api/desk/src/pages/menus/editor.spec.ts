// The editor's forms over the real store: what a press of a button does to the tree.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MenuVersion } from '@/api/types'
import type { MenuNode } from '@/menus/model'
import { useMenuCatalogue } from '@/stores/menu_catalogue'
import { useMenuEditor } from '@/stores/menu_editor'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aCatalogue, aMe } from '@/testing/fixtures'
import { smallTree } from '@/testing/menus'
import { TESTIDS } from '@/testids'
import MenuFields from './fields/MenuFields.vue'
import NodePanel from './NodePanel.vue'
import ProblemsPanel from './ProblemsPanel.vue'
import SimulatorPanel from './SimulatorPanel.vue'
import TargetSelect from './TargetSelect.vue'
import VersionsPanel from './VersionsPanel.vue'

const aVersion = (over: Partial<MenuVersion> = {}): MenuVersion => ({
  version: 3, state: 'live', note: '', author: '8601', created_at: '2026-11-22T02:00:00Z', published_at: null, publish_at: null, tree: smallTree(), problems: [], etag: '', ...over,
})

let view: VueWrapper
beforeEach(() => {
  serve({ 'GET /menus/catalogue': aCatalogue(), 'GET /centers': [] })
})
afterEach(() => view.unmount())

async function open(component: object, props: Record<string, unknown>, permissions = ['ivr.read', 'ivr.edit']) {
  view = await show(component, props)
  useSession().me = aMe({ permissions })
  const editor = useMenuEditor()
  editor.load(aVersion())
  await useMenuCatalogue().load()
  await flushPromises()
  return editor
}

describe('a node', () => {
  const node = () => smallTree().nodes['main'] as MenuNode

  it('shows what it says, and where one comes to it from', async () => {
    await open(NodePanel, { id: 'main', node: node() })
    expect(view.text()).toContain('menu/main 的内容')
    expect(view.text()).toContain('欢迎')
    expect(byId(view, `${TESTIDS.menus.key}-1`).exists()).toBe(true)
  })

  it('takes a new name, one letter after the other, as one step', async () => {
    const editor = await open(NodePanel, { id: 'main', node: node() })
    await byId(view, TESTIDS.menus.title).setValue('总')
    await byId(view, TESTIDS.menus.title).setValue('总菜单')
    expect(editor.tree?.nodes['main']?.title).toBe('总菜单')
    editor.undo()
    expect([editor.tree?.nodes['main']?.title, editor.dirty]).toEqual(['主菜单', false])
  })

  it('cannot be deleted while the tree needs it', async () => {
    await open(NodePanel, { id: 'main', node: node() })
    expect(byId(view, TESTIDS.menus.remove).attributes('disabled')).toBeDefined()
  })

  it('is only looked at by those who may not edit', async () => {
    const editor = await open(NodePanel, { id: 'main', node: node() }, ['ivr.read'])
    expect(byId(view, TESTIDS.menus.title).attributes('disabled')).toBeDefined()
    editor.change((tree) => ({ ...tree, title: '别的' }))
    expect(editor.dirty).toBe(false)
  })
})

it('a key is led elsewhere, or nowhere', async () => {
  await open(MenuFields, { node: smallTree().nodes['main'] })
  const first = view.findAllComponents(TargetSelect)[0] as VueWrapper
  first.vm.$emit('update:modelValue', 'offers')
  first.vm.$emit('update:modelValue', null)
  const sent = (view.emitted('change') ?? []).map(([changed]) => (changed as MenuNode).keys)
  expect(sent).toEqual([{ 1: 'offers', 2: 'offers', '*': 'welcome' }, { 2: 'offers', '*': 'welcome' }])
})

it('a problem leads to its node', async () => {
  const editor = await open(ProblemsPanel, {})
  editor.problems = [
    { node: 'offers', field: 'task', code: 'task.unknown', message: '没有这项业务', severity: 'warning' },
    { node: 'balance', field: 'next', code: 'target.unknown', message: '没有这个节点', severity: 'error' },
  ]
  await flushPromises()
  const first = byId(view, TESTIDS.menus.problem)
  expect([first.attributes('data-node'), editor.errors]).toEqual(['balance', 1])
  await first.trigger('click')
  expect(editor.chosen).toBe('balance')
  expect(editor.open.has('bill')).toBe(true)
})

it('a call can be tried out by pressing keys', async () => {
  const editor = await open(SimulatorPanel, { tree: smallTree() })
  await view.find('input[type="checkbox"]').setValue(false) // no sound in this test
  await byId(view, TESTIDS.menus.simStart).trigger('click')
  await byId(view, `${TESTIDS.menus.simKey}-1`).trigger('click')
  await byId(view, `${TESTIDS.menus.simKey}-1`).trigger('click')
  expect(editor.chosen).toBe('balance')
  await byId(view, `${TESTIDS.menus.simOutcome}-end`).trigger('click')
  expect(byId(view, TESTIDS.menus.simEnd).text()).toContain('通话结束')
  expect(byId(view, TESTIDS.menus.simSteps).findAll('li').map((step) => step.attributes('data-node'))).toEqual(['welcome', 'main', 'bill', 'balance', 'bye'])
})

it('versions can be opened, and the live one taken back', async () => {
  const row = (version: number, state: string) => ({ version, state, note: '说明', author: '8601', created_at: '2026-11-22T02:00:00Z', published_at: null, publish_at: null })
  await open(VersionsPanel, { versions: { center: 'js', live: 2, inherited_from: null, numbers: ['02510010'], versions: [row(4, 'scheduled'), row(3, 'draft'), row(2, 'live'), row(1, 'retired')] }, shown: 3, busy: false })
  await byId(view, `${TESTIDS.menus.version}-1`).trigger('click')
  await byId(view, TESTIDS.menus.rollback).trigger('click')
  await byId(view, TESTIDS.menus.withdraw).trigger('click')
  expect([view.emitted('open'), view.emitted('rollback')?.length, view.emitted('withdraw')]).toEqual([[[1]], 1, [[4]]])
  expect(view.text()).toContain('02510010')
})
