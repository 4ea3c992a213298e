import { describe, expect, it, vi } from 'vitest'
import { serve } from '@/testing/desk'
import { api, ApiError, onUnauthenticated, withQuery } from './client'

const failure = async (promise: Promise<unknown>): Promise<ApiError> => promise.then(() => Promise.reject(new Error('no failure')), (error: ApiError) => error)

describe('requests', () => {
  it.each([
    [401, 'auth.required', 'unauthenticated'],
    [403, 'auth.forbidden', 'forbidden'],
    [404, 'not_found', 'not_found'],
    [409, 'ticket.wrong_state', 'refused'],
    [422, 'request.invalid', 'refused'],
    [500, 'internal', 'failed'],
    [503, 'softphone.not_configured', 'not_configured'],
    [503, 'unavailable', 'failed'],
    [502, '', 'offline'],
  ])('status %i %s is %s', async (status, code, kind) => {
    serve({ 'GET /thing': { status, body: { code, message: '原因', detail: { n: 1 } } } })
    expect(await failure(api.get('/thing'))).toMatchObject({ kind, message: '原因', detail: { n: 1 }, code: code || `http.${status}` })
  })

  it('a server that does not answer is offline', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
    expect(await failure(api.get('/thing'))).toMatchObject({ kind: 'offline', code: 'desk.offline' })
  })

  it('tells when the session is over, but not when a password was wrong', async () => {
    const told = vi.fn()
    const stop = onUnauthenticated(told)
    serve({ 'GET /calls': { status: 401, body: {} }, 'POST /session': { status: 401, body: {} } })
    await failure(api.post('/session'))
    expect(told).not.toHaveBeenCalled()
    await failure(api.get('/calls'))
    expect(told).toHaveBeenCalledOnce()
    stop()
  })

  it('marks what changes something as coming from the desk', async () => {
    const server = serve({ 'POST /agent/ready': { ok: true }, 'GET /session': {} })
    await api.post('/agent/ready')
    await api.get('/session')
    const marks = server.headers().map((headers) => headers['X-Requested-With'])
    expect(marks).toEqual(['desk', undefined])
  })
})

it('leaves empty values out of an address', () => {
  expect(withQuery('/x', { a: 1, b: '', c: null, d: undefined, e: '投诉' })).toBe('/x?a=1&e=%E6%8A%95%E8%AF%89')
})
