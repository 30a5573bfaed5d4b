import { hc } from 'hono/client'
import type { DeskApi, WebApi } from '../../src/http/web-api.ts'
import { locale } from './i18n.ts'
import type { Session } from './session.ts'

/** Answers that take longer than this count as lost; the call is repeated under its own key. */
const PATIENCE_MS = 20_000

/** Sends for a session: a token that has run out is renewed once. */
const senderFor =
  (session: Session, headers: () => Record<string, string>) =>
  async (input: RequestInfo | URL, init?: RequestInit) => {
    const send = async (token: string | null) => {
      const all = new Headers(init?.headers)
      all.set('Accept-Language', locale.value)
      for (const [name, value] of Object.entries(headers())) all.set(name, value)
      if (token !== null) all.set('Authorization', `Bearer ${token}`)
      return fetch(input, { ...init, headers: all, signal: AbortSignal.timeout(PATIENCE_MS) })
    }
    const token = await session.token()
    const answer = await send(token)
    // Without a token it was no session that was refused: a wrong password is said once.
    return answer.status === 401 && token !== null ? send(await session.renewed()) : answer
  }

/** The API's typed client for guests and for those who work in restaurants. */
export const createApi = (session: Session, headers: () => Record<string, string> = () => ({})) =>
  hc<WebApi>(location.origin, { fetch: senderFor(session, headers) })
export type Api = ReturnType<typeof createApi>

/** The API's typed client for support and administration. */
export const createDeskApi = (session: Session) =>
  hc<DeskApi>(location.origin, { fetch: senderFor(session, () => ({})) })
export type DeskClient = ReturnType<typeof createDeskApi>
