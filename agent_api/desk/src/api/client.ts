// The one place that talks HTTP: credentials, CSRF header, deadline, errors with a stable code.
// It must not know any endpoint, nor show anything to the user.

export type ErrorKind = 'offline' | 'unauthenticated' | 'forbidden' | 'not_found' | 'not_configured' | 'refused' | 'failed'

export class ApiError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    readonly detail: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

const DEADLINE_MS = 10_000
const UPLOAD_MS = 120_000
/** Which page asks: the server takes changes from this page only, and from its session. */
let page = 'desk'
export function speakFor(name: string): void {
  page = name
}

const listeners = new Set<(why: ApiError) => void>()

/** Called whenever the server says that the session is over. Returns the function that stops listening. */
export function onUnauthenticated(listener: (why: ApiError) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

type Query = Record<string, string | number | boolean | null | undefined>

export function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '')
  const text = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString()
  return text ? `${path}?${text}` : path
}

export const api = {
  get: <T>(path: string, query: Query = {}) => request<T>('GET', withQuery(path, query)),
  post: <T>(path: string, body: unknown = {}) => request<T>('POST', path, body),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, body),
  put: <T>(path: string, body: unknown) => request<T>('PUT', path, body),
  delete: <T>(path: string) => request<T>('DELETE', path),
  /** What is not JSON: a recording. */
  file: async (path: string, body: unknown) => (await answered('POST', path, body)).blob(),
  bytes: async (path: string) => (await answered('GET', path)).arrayBuffer(),
}

async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await answered(method, path, body)
  return (response.status === 204 ? undefined : await response.json().catch(() => null)) as T
}

async function answered(method: string, path: string, body?: unknown): Promise<Response> {
  const response = await send(method, path, body)
  if (response.ok) return response
  const payload: unknown = await response.json().catch(() => null)
  const error = toError(response.status, payload)
  // A wrong password is an answer to the sign-in, not the end of a session.
  const signingIn = method === 'POST' && path.endsWith('/session')
  if (error.kind === 'unauthenticated' && !signingIn) listeners.forEach((listener) => listener(error))
  throw error
}

async function send(method: string, path: string, body: unknown): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (method !== 'GET') headers['X-Requested-With'] = page
  // The browser itself writes the type of a form, with its boundary.
  const form = body instanceof FormData
  if (body !== undefined && !form) headers['Content-Type'] = 'application/json'
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(form ? UPLOAD_MS : DEADLINE_MS),
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    })
  } catch {
    throw new ApiError('offline', 'desk.offline', '')
  }
}

function toError(status: number, payload: unknown): ApiError {
  const { code, message, detail } = fields(payload)
  return new ApiError(kindOf(status, code), code || `http.${status}`, message, detail)
}

function fields(payload: unknown): { code: string; message: string; detail: Record<string, unknown> } {
  const record = (payload ?? {}) as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const detail = typeof record['detail'] === 'object' ? (record['detail'] as Record<string, unknown>) : {}
  return { code: text(record['code']), message: text(record['message']), detail: detail ?? {} }
}

function kindOf(status: number, code: string): ErrorKind {
  if (code.endsWith('not_configured') || status === 501) return 'not_configured'
  if (status === 401) return 'unauthenticated'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 409 || status === 422 || status === 423 || status === 429) return 'refused'
  if (status === 502 || status === 504) return 'offline'
  return 'failed'
}
