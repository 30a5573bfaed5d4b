import { env } from 'cloudflare:workers'
import { createSessionRepository } from '../../src/db/repositories/sessions.ts'
import { createUserRepository } from '../../src/db/repositories/users.ts'
import type { AccountRole, Actor, Membership } from '../../src/domain/actor.ts'
import { createJoseTokens } from '../../src/providers/jose-tokens.ts'
import { expectDocumented } from './documented.ts'
import type { ErrorBody } from './http.ts'
import { newEmail } from './identity.ts'
import { signingKeys, type Story } from './story.ts'

const users = createUserRepository(env.DB)
const sessions = createSessionRepository(env.DB)
const tokens = createJoseTokens(signingKeys)
const ACCESS_SECONDS = 900

export interface Reply<T> {
  status: number
  headers: Headers
  /** Fields of a success or of the error envelope, whichever came. */
  body: T & ErrorBody
}

interface Wish {
  headers?: Record<string, string>
  /** Left out: a new one. Null: none. */
  key?: string | null
}

/** Someone at a client of the API; every answer is held against the API document. */
export function person(story: Story, authorization: () => Promise<string | null>) {
  const toInit = async (method: string, body: unknown, { headers, key }: Wish) => {
    const token = await authorization()
    const sends = method !== 'GET' && key !== null
    return {
      method,
      headers: {
        'accept-language': 'en',
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(sends && { 'idempotency-key': key ?? crypto.randomUUID() }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }
  }
  async function read<T>(method: string, path: string, response: Response): Promise<Reply<T>> {
    const text = await response.text()
    const body = (text === '' ? null : JSON.parse(text)) as T & ErrorBody
    const { status, headers } = response
    const { pathname } = new URL(path, 'http://x')
    expectDocumented(method, pathname, { status, body })
    return { status, headers, body }
  }
  async function send<T>(method: string, path: string, body?: unknown, wish: Wish = {}) {
    const at = `/api/v1${path}`
    return read<T>(method, at, await story.ask(at, await toInit(method, body, wish)))
  }
  return {
    /** What it would send now. */
    token: async (): Promise<string> => (await authorization()) ?? '',
    get: <T>(path: string, headers?: Record<string, string>) =>
      send<T>('GET', path, undefined, headers ? { headers } : {}),
    post: <T>(path: string, body?: unknown, wish?: Wish) => send<T>('POST', path, body, wish),
    put: <T>(path: string, body?: unknown, wish?: Wish) => send<T>('PUT', path, body, wish),
    patch: <T>(path: string, body?: unknown, wish?: Wish) => send<T>('PATCH', path, body, wish),
    delete: <T>(path: string, wish?: Wish) => send<T>('DELETE', path, undefined, wish),
    /** The same, but it dies after so many remote calls: no reply then. */
    async postCut<T>(after: number, path: string, body?: unknown, wish: Wish = {}) {
      const at = `/api/v1${path}`
      const { response, calls } = await story.askCut(after, at, await toInit('POST', body, wish))
      return { calls, reply: response && (await read<T>('POST', at, response)) }
    },
  }
}

export type Person = ReturnType<typeof person>

/** Somebody without a token. */
export const stranger = (story: Story): Person => person(story, () => Promise.resolve(null))

/** Somebody whose tokens say what the test says; renewed with every request. */
export const withActor = (story: Story, actor: () => Actor): Person =>
  person(story, () =>
    tokens.issue('access', actor(), {
      id: crypto.randomUUID(),
      issuedAt: story.world.now,
      ttlSeconds: ACCESS_SECONDS,
    }),
  )

/** A member with an account and an open session, as a log-in leaves them (without its scrypt). */
export async function member(story: Story, role: AccountRole = 'CUSTOMER') {
  const now = story.world.now
  const userId = crypto.randomUUID()
  const sessionId = crypto.randomUUID()
  const memberships: Membership[] = []
  const account = { id: userId, email: newEmail(), name: '김민수', role, createdAt: now }
  await users.insert({ ...account, passwordHash: 'x' })
  await sessions.insert(
    { id: sessionId, userId, createdAt: now, endedAt: null, visit: null },
    {
      digest: sessionId,
      sessionId,
      expiresAt: now + 7 * 24 * 3600_000,
      usedAt: null,
      successorDigest: null,
    },
  )
  const actor = (): Actor => ({ role, sessionId, userId, memberships, visit: null })
  return { ...withActor(story, actor), userId, sessionId, memberships }
}

export type Member = Awaited<ReturnType<typeof member>>
