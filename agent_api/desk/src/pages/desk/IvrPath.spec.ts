import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { serve, show } from '@/testing/desk'
import IvrPath from './IvrPath.vue'

it('calls nodes by the names of the tree, and proof by its own', async () => {
  serve({ 'GET /menus/titles': { bill_mobile: '移动电话话费', bill_mobile_balance: '查询余额' } })
  const at = '2026-11-21T02:26:52Z'
  const path = await show(IvrPath, { steps: [
    { node: 'bill_mobile', key: '1', outcome: 'bill_mobile_balance', at },
    { node: 'auth_password', key: '', outcome: 'pass', at },
    { node: 'gone_since', key: '', outcome: 'served', at },
  ] })
  await flushPromises()
  expect(path.findAll('li').map((step) => step.text().slice(5).trim())).toEqual(['移动电话话费1查询余额', '验证服务密码通过', 'gone_since已办理'])
  path.unmount()
})
