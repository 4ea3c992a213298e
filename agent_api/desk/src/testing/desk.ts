// Puts one component on a page with the real stores, texts and elements, over a server that answers from a table.
import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { vi } from 'vitest'
import { type Component, createApp } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { i18n } from '@/i18n'
import { installElements } from '@/ui/elements'

export type Answer = unknown | { status: number; body: unknown }

/** Answers by "METHOD /path" below /api/v1; anything else is 404. Returns the requests made. */
export function serve(answers: Record<string, Answer>) {
  const fetched = vi.fn(async (url: string, init: RequestInit) => {
    const answer = answers[`${init.method} ${url.replace('/api/v1', '').split('?')[0]}`]
    if (answer === undefined) return reply(404, { code: 'not_found', message: '没有找到', detail: {} })
    const failed = typeof answer === 'object' && answer !== null && 'status' in answer && 'body' in answer
    return failed ? reply(answer.status as number, answer.body) : reply(200, answer)
  })
  vi.stubGlobal('fetch', fetched)
  return {
    sent: (method: string, path: string): unknown[] =>
      fetched.mock.calls
        .filter(([url, init]) => init.method === method && url.split('?')[0] === `/api/v1${path}`)
        .map(([, init]) => (init.body instanceof FormData ? Object.fromEntries(init.body) : init.body ? JSON.parse(String(init.body)) : null)),
    /** Whole addresses, with what was asked for. */
    asked: (): string[] => fetched.mock.calls.map(([url]) => decodeURIComponent(url)),
    headers: () => fetched.mock.calls.map(([, init]) => init.headers as Record<string, string>),
  }
}

const reply = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })

export async function show(component: Component, props: Record<string, unknown> = {}, at = '/'): Promise<VueWrapper> {
  const empty = { template: '<div/>' }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:all(.*)*', component: empty }] })
  await router.push(at)
  const pinia = createPinia()
  const host = createApp(empty).use(pinia)
  installElements(host)
  const components = host._context.components
  return mount(component, { props, attachTo: document.body, global: { plugins: [pinia, i18n, router], components } })
}

export const byId = (wrapper: VueWrapper, testId: string) => wrapper.find(`[data-testid="${testId}"]`)
