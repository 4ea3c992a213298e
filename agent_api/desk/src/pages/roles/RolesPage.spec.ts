import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Matrix, RoleVersion } from '@/api/roles'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { aMe } from '@/testing/fixtures'
import { TESTIDS } from '@/testids'
import { differences, ownCells, ticked } from './cells'
import RolesPage from './RolesPage.vue'

const ids = TESTIDS.roles
const LESS = { role: 'agent', permission: 'ticket.urge', may: false }
const matrix = (over: Partial<Matrix> = {}): Matrix => ({
  center: 'js',
  version: 1,
  permissions: ['ticket.urge', 'user.manage'],
  roles: [
    { code: 'agent', title: '客服代表', tiers: 'NPC', may: [], above: ['ticket.urge'], fixed: ['user.manage'], people: 7 },
    { code: 'qa', title: '质检员', tiers: 'NP', may: [], above: [], fixed: ['user.manage'], people: 1 },
  ],
  cells: [LESS],
  ...over,
})
const version = (over: Partial<RoleVersion> = {}): RoleVersion => ({
  center_id: 'js', version: 1, cells: [LESS], reason: '省公司要求', state: 'in_force', author: '9001', made_at: '2026-11-20T02:00:00Z', decided_by: '', decided_at: null, remark: '', ...over,
})

let page: VueWrapper
afterEach(() => page.unmount())

async function open(versions: RoleVersion[], permissions = ['user.manage', 'user.roles']) {
  const server = serve({
    'GET /role-matrix/js': matrix(),
    'GET /role-matrix/js/versions': versions,
    'PUT /role-matrix/js': version({ version: 2, state: 'proposed' }),
    'POST /role-matrix/js/versions/2/approve': version({ version: 2 }),
    'POST /role-matrix/js/versions/2/refuse': version({ version: 2, state: 'refused' }),
  })
  page = await show({ components: { RolesPage }, template: '<RolesPage v-if="ready" />', data: () => ({ ready: false }) })
  useSession().me = aMe({ agent_no: '9001', roles: ['sys_admin'], permissions })
  await page.setData({ ready: true })
  await flushPromises()
  return server
}

const box = (role: string, permission: string) => byId(page, `${ids.cell}-${role}-${permission}`)

describe('the table of rights', () => {
  it('sends every cell of the centre, with the reason', async () => {
    const server = await open([version()])
    await box('qa', 'ticket.urge').setValue(true)
    expect(byId(page, ids.count).text()).toContain('须复核')
    expect(byId(page, ids.save).attributes('disabled')).toBeDefined()
    await byId(page, ids.reason).setValue('质检需要催办')
    await byId(page, ids.save).trigger('submit')
    await flushPromises()
    expect(server.sent('PUT', '/role-matrix/js')).toEqual([{ cells: [LESS, { role: 'qa', permission: 'ticket.urge', may: true }], reason: '质检需要催办', based_on: 1 }])
  })

  it('does not let what the rules protect be touched, and auditors only read', async () => {
    await open([version()])
    expect(box('agent', 'user.manage').attributes('disabled')).toBeDefined()
    expect(box('agent', 'ticket.urge').attributes('disabled')).toBeUndefined()
    page.unmount()
    await open([version()], ['user.roles'])
    expect(box('agent', 'ticket.urge').attributes('disabled')).toBeDefined()
  })

  it('finds rights by their name', async () => {
    await open([version()])
    await byId(page, ids.search).setValue('催办')
    expect(byId(page, ids.table).findAll('tbody tr')).toHaveLength(1)
  })
})

describe('versions', () => {
  it('shows what waits with its changes; another administrator approves it', async () => {
    const waiting = version({ version: 2, state: 'proposed', author: '9003', cells: [LESS, { role: 'qa', permission: 'ticket.urge', may: true }] })
    const server = await open([waiting, version()])
    expect(byId(page, ids.versions).text()).toContain('+ 质检员: 催办')
    await byId(page, ids.approve).trigger('click')
    await flushPromises()
    expect(server.sent('POST', '/role-matrix/js/versions/2/approve')).toHaveLength(1)
  })

  it('offers its author no approval, but taking it back with a remark', async () => {
    const server = await open([version({ version: 2, state: 'proposed' }), version()])
    expect(byId(page, ids.approve).exists()).toBe(false)
    await byId(page, ids.remark).setValue('提交有误')
    await byId(page, ids.refuse).trigger('click')
    await flushPromises()
    expect(server.sent('POST', '/role-matrix/js/versions/2/refuse')).toEqual([{ remark: '提交有误' }])
  })

  it('goes back to the shipped rights by a change of its own', async () => {
    const server = await open([version()])
    await byId(page, `${ids.back}-0`).trigger('click')
    await flushPromises()
    expect(server.sent('PUT', '/role-matrix/js')).toEqual([{ cells: [], reason: '恢复初始权限', based_on: 1 }])
  })
})

it('a cell a version is silent about is as the centre above has it', () => {
  expect(differences([LESS], [], matrix().roles)).toEqual([{ ...LESS, may: true }])
  expect(differences([], [{ ...LESS, may: true }], matrix().roles)).toEqual([])
  expect(ownCells(matrix(), ticked(matrix()))).toEqual([LESS])
})
