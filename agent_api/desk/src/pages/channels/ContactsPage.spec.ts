import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { byId, serve, show } from '@/testing/desk'
import { TESTIDS } from '@/testids'
import ContactDetail from './ContactDetail.vue'
import ContactsPage from './ContactsPage.vue'
import { canTake, plainActs } from './words'

const row = {
  id: 'JC20261118000001', channel: 'fax', state: 'PARSED', kind: '', subject: '传真 1 页', from_masked: '025****0001', name_masked: '', customer_id: null,
  ticket_no: null, assigned_to: '', center_id: 'js', files: 1, note: '', at: '2026-11-18T06:00:00Z', updated_at: '2026-11-18T06:00:00Z',
}
const step = { fact: 'read', to_state: 'PARSED', at: row.at, actor: 'system', comment: '' }
const pages = { id: 'f1', name: 'fax.tif', kind: 'fax', media_type: 'image/tiff', size: 20480, pages: 2, state: 'clean' }
const virus = { ...pages, id: 'f2', name: 'virus.txt', media_type: 'text/plain', state: 'infected' }
const whole = { ...row, body: '多收话费', reason_code: '', call_id: null, contact_masked: '', attachments: [pages, virus], steps: [step], replies: [], may: ['judged_spam', 'registered'] }

let page: VueWrapper
afterEach(() => page.unmount())

it('lists what came in, and opens one beside the list', async () => {
  serve({ 'GET /interactions': { items: [row], total: 1, counts: { PARSED: 1 } }, [`GET /interactions/${row.id}`]: whole })
  page = await show(ContactsPage)
  await flushPromises()
  expect(byId(page, TESTIDS.contacts.table).text()).toContain('传真')
  await byId(page, TESTIDS.contacts.table).find('.link').trigger('click')
  await flushPromises()
  expect(byId(page, TESTIDS.contacts.state).attributes('data-state')).toBe('PARSED')
})

it('shows the pages of a fax, and never what is in quarantine', async () => {
  serve({ [`GET /interactions/${row.id}`]: whole })
  page = await show(ContactDetail, { contactId: row.id })
  await flushPromises()
  const shown = page.findAll(`[data-testid="${TESTIDS.contacts.page}"]`).map((image) => image.attributes('src'))
  expect(shown).toEqual([0, 1].map((n) => `/api/v1/interactions/${row.id}/files/f1?page=${n}`))
  expect(page.html()).not.toContain('/files/f2')
  expect(page.text()).toContain('已隔离')
})

it('registers with what the contact says', async () => {
  const server = serve({ [`GET /interactions/${row.id}`]: whole, [`POST /interactions/${row.id}/register`]: { ...whole, state: 'AUTO_ACK' } })
  page = await show(ContactDetail, { contactId: row.id })
  await flushPromises()
  await byId(page, TESTIDS.contacts.register).trigger('submit')
  await flushPromises()
  expect(server.sent('POST', `/interactions/${row.id}/register`)).toEqual([{ type: 'complaint', title: '传真 1 页', description: '多收话费' }])
})

it('offers what the server says is possible, and nothing else', async () => {
  serve({ [`GET /interactions/${row.id}`]: whole })
  page = await show(ContactDetail, { contactId: row.id })
  await flushPromises()
  expect(byId(page, `${TESTIDS.contacts.act}-spam`).exists()).toBe(true)
  expect(byId(page, `${TESTIDS.contacts.act}-archive`).exists()).toBe(false)
  expect(plainActs(['taken_up', 'filed']).map((act) => act.path)).toEqual(['take', 'archive'])
  expect([canTake(['assigned']), canTake([])]).toEqual([true, false])
})

it('takes one over for who is signed in', async () => {
  const ready = { ...whole, state: 'AUTO_ACK', may: ['assigned'] }
  const server = serve({ [`GET /interactions/${row.id}`]: ready, [`POST /interactions/${row.id}/assign`]: ready })
  page = await show(ContactDetail, { contactId: row.id })
  useSession().$patch({ me: { agent_no: '8301' } } as never)
  await flushPromises()
  await byId(page, `${TESTIDS.contacts.act}-assign`).trigger('click')
  await flushPromises()
  expect(server.sent('POST', `/interactions/${row.id}/assign`)).toEqual([{ agent_no: '8301' }])
})

it('shows a PDF beside the contact', async () => {
  URL.createObjectURL = () => 'blob:letter'
  URL.revokeObjectURL = () => undefined
  const letter = { ...pages, id: 'f3', name: 'letter.pdf', media_type: 'application/pdf' }
  const server = serve({ [`GET /interactions/${row.id}`]: { ...whole, attachments: [letter] }, [`GET /interactions/${row.id}/files/f3`]: {} })
  page = await show(ContactDetail, { contactId: row.id })
  await flushPromises()
  await byId(page, `${TESTIDS.contacts.preview}-f3`).trigger('click')
  await flushPromises()
  expect(server.sent('GET', `/interactions/${row.id}/files/f3`)).toHaveLength(1)
  await flushPromises()
  expect(document.querySelector(`[data-testid="${TESTIDS.list.preview}"]`)?.getAttribute('data-kind')).toBe('pdf')
})
