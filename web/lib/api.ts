import { hc } from 'hono/client'
import type { WebApi } from '../../src/http/web-api.ts'
import { locale } from './i18n.ts'
import type { Session } from './session.ts'

/** Answers that take longer than this count as lost; the call is repeated under its own key. */
const PATIENCE_MS = 20_000

/** The API's typed client, speaking for a session: a token that has run out is renewed once. */
export function createApi(session: Session, headers: () => Record<string, string> = () => ({})) {
  return hc<WebApi>(location.origin, {
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
      const send = async (token: string | null) => {
        const all = new Headers(init?.headers)
        all.set('Accept-Language', locale.value)
        for (const [name, value] of Object.entries(headers())) all.set(name, value)
        if (token !== null) all.set('Authorization', `Bearer ${token}`)
        return fetch(input, { ...init, headers: all, signal: AbortSignal.timeout(PATIENCE_MS) })
      }
      const answer = await send(await session.token())
      return answer.status === 401 ? send(await session.renewed()) : answer
    },
  })
}
export type Api = ReturnType<typeof createApi>
