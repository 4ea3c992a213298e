import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { createI18n } from 'vue-i18n'
import { speakFor } from '@/api/client'
import en from '@/i18n/en/service'
import zh from '@/i18n/zh-CN/service'
import { byId, serve } from '@/testing/desk'
import { TESTIDS } from '@/testids'
import { spoken } from './language'
import ServicePage from './ServicePage.vue'

const IDS = TESTIDS.service
const info = { brand: '畅联通信', hotline: '10010', most_files: 5, largest_bytes: 10485760, types: ['application/pdf'] }
const me = { number_masked: '139****0021', hotline: '10010', brand: '畅联通信' }
const row = { ticket_no: 'TS20261118000001', kind: 'complaint', title: '多收话费', progress: 'working', channel: 'web', created_at: '2026-11-18T06:00:00Z', updated_at: '2026-11-18T06:00:00Z', due: '2026-11-20' }
const matter = { ...row, text: '多收20元', comments: [], result: '', may: ['urge', 'withdraw'], rating: null }

let page: VueWrapper
beforeEach(() => speakFor('service-page'))
afterEach(() => {
  page.unmount()
  speakFor('desk')
})

async function open(answers: Record<string, unknown>) {
  const server = serve({ 'GET /service/page': info, ...answers })
  const i18n = createI18n({ legacy: false, locale: 'zh-CN', messages: { 'zh-CN': { service: zh }, en: { service: en } } })
  page = mount(ServicePage, { attachTo: document.body, global: { plugins: [i18n] } })
  await flushPromises()
  return server
}

it('asks for proof first, with fields that have labels', async () => {
  await open({})
  expect(byId(page, IDS.signIn).exists()).toBe(true)
  const fields = page.findAll('input:not([type=radio])')
  expect(fields.every((field) => page.find(`label[for="${field.attributes('id')}"]`).exists())).toBe(true)
})

it('signs in by a code, and marks what it sends as its own', async () => {
  const server = await open({ 'POST /service/code': { result: 'sent' }, 'POST /service/session': me })
  await page.find('#number').setValue('13900000021')
  await byId(page, IDS.sendCode).trigger('click')
  await flushPromises()
  expect(page.find('[role=status]').text()).toContain('验证码已发送')
  await page.find('#secret').setValue('482915')
  await byId(page, IDS.signIn).trigger('submit')
  await flushPromises()
  expect(server.sent('POST', '/service/session')).toEqual([{ number: '13900000021', proof: 'code', secret: '482915' }])
  expect(server.headers().some((each) => each['X-Requested-With'] === 'service-page')).toBe(true)
  expect(byId(page, IDS.form).exists()).toBe(true)
})

it('says plainly what went wrong, to a screen reader as well', async () => {
  await open({ 'POST /service/session': { status: 401, body: { code: 'contact.not_proved', message: '', detail: {} } } })
  await page.find('#number').setValue('13900000021')
  await page.find('#secret').setValue('000000')
  await byId(page, IDS.signIn).trigger('submit')
  await flushPromises()
  expect(page.find('[role=alert]').text()).toBe(zh.wrong)
  expect(document.activeElement).toBe(page.find('[role=alert]').element)
})

it('files a complaint, and the second press is the same submission', async () => {
  const server = await open({ 'GET /service/session': me, 'POST /service/matters': { ticket_no: row.ticket_no } })
  await page.find('#title').setValue('多收话费')
  await page.find('#text').setValue('多收20元')
  await byId(page, IDS.form).trigger('submit')
  await flushPromises()
  expect(byId(page, IDS.filed).text()).toContain(row.ticket_no)
  const [form] = server.sent('POST', '/service/matters') as Record<string, string>[]
  expect(form).toMatchObject({ kind: 'complaint', title: '多收话费', text: '多收20元' })
  expect(form?.['submission']).toMatch(/^[0-9a-f-]{36}$/)
})

it('shows an own matter, urges it, and asks before it is withdrawn', async () => {
  const at = `/service/matters/${row.ticket_no}`
  const server = await open({ 'GET /service/session': me, 'GET /service/matters': [row], [`GET ${at}`]: matter, [`POST ${at}/urge`]: { ...matter, may: ['withdraw'] }, [`POST ${at}/withdraw`]: { ...matter, progress: 'closed', may: [] } })
  await byId(page, `${IDS.nav}-mine`).trigger('click')
  await flushPromises()
  await byId(page, IDS.matters).find('button').trigger('click')
  await flushPromises()
  expect(byId(page, IDS.state).attributes('data-state')).toBe('working')
  await byId(page, IDS.urge).trigger('click')
  await flushPromises()
  expect(byId(page, IDS.said).text()).toBe(zh.urged)
  await byId(page, IDS.withdraw).trigger('click')
  expect(server.sent('POST', `${at}/withdraw`)).toEqual([])
  await byId(page, IDS.withdrawSure).trigger('click')
  await flushPromises()
  expect(byId(page, IDS.state).attributes('data-state')).toBe('closed')
})

it('tells how far a matter is without signing in', async () => {
  const server = await open({ 'POST /service/progress': { progress: 'working', due: '2026-11-20' } })
  await byId(page, `${IDS.nav}-progress`).trigger('click')
  await page.find('#ticket-no').setValue('ts20261118000001')
  await page.find('#last4').setValue('0021')
  await byId(page, IDS.progress).trigger('submit')
  await flushPromises()
  expect(server.sent('POST', '/service/progress')).toEqual([{ ticket_no: 'TS20261118000001', last4: '0021' }])
  expect(byId(page, IDS.found).text()).toContain('2026-11-20')
})

it('speaks English on request', async () => {
  await open({})
  await byId(page, IDS.language).trigger('click')
  await nextTick()
  expect(document.documentElement.lang).toBe('en')
  expect(page.text()).toContain('Write to us')
})

it('keeps the language that was chosen', async () => {
  localStorage.clear()
  await open({})
  await byId(page, IDS.language).trigger('click')
  expect(spoken()).toBe('en')
  expect(byId(page, IDS.language).text()).toBe('中文')
  await byId(page, IDS.language).trigger('click')
  expect(spoken()).toBe('zh-CN')
})

it('tells a broken line from a closed page, and tries again', async () => {
  await open({ 'GET /service/page': { status: 502, body: null } })
  expect(page.text()).toContain('网络不通')
  serve({ 'GET /service/page': info })
  await page.findAll('button').at(-1)?.trigger('click')
  await flushPromises()
  expect(byId(page, IDS.signIn).exists()).toBe(true)
})
