import type { Context, MiddlewareHandler } from 'hono'
import type { AppEnv } from '../context.ts'
import { matchesEtag } from '../etag.ts'
import { marketOf } from '../market.ts'

/** Answers kept at the caller's location. Neither of the two ever throws. */
export interface EdgeCache {
  /** True where the runtime has shown that it keeps nothing. */
  readonly absent?: boolean
  match(key: string): Promise<Response | null>
  put(key: string, answer: Response): Promise<void>
}

const KEPT_SECONDS = 24 * 3_600
const STORED_AT = 'x-stored-at'
/** Kept under other names: the cache acts on its own idea of them. */
const KEPT_HEADERS = ['content-type', 'content-language', 'etag', 'cache-control', 'vary'] as const
const keptName = (name: string): string => `x-kept-${name}`

/** What answers of a route depend on, and who may be given a kept one. */
export interface EdgeCaching {
  /** Answers differ by the reader's market. */
  byMarket?: true
  /** Callers with a token are answered from the cache too: nothing in it is sooner known to them. */
  forMembers?: true
}

/**
 * Answers strangers' reads from the location's cache for `edgeCacheSeconds`, by path, language and the
 * parameters that the route reads, and while what answers them fails with the last answer, marked
 * stale. Callers with a token get what stands now, unless the route says otherwise.
 */
export const edgeCache =
  (
    { byMarket, forMembers }: EdgeCaching = {},
    parameters: readonly string[] = [],
  ): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const { edgeCache: cache, edgeCacheSeconds } = c.env
    if (
      cache === null ||
      cache.absent === true ||
      c.req.method !== 'GET' ||
      (forMembers !== true && c.req.header('authorization') !== undefined)
    )
      return next()
    const key = keyOf(c, parameters, byMarket === true)
    const kept = await cache.match(key)
    const ageMs = kept ? c.var.now - Number(kept.headers.get(STORED_AT)) : Infinity
    const fresh = ageMs >= 0 && ageMs < edgeCacheSeconds * 1_000
    // Who names a bookmark has seen something that the kept answer may not know.
    const { metrics } = c.env.deps
    if (kept && fresh && c.var.readBookmark === null) {
      metrics.count('cache_hits_total', { cache: 'edge', outcome: 'hit' })
      return answerKept(c, kept, ageMs)
    }

    await next()
    const stale = kept !== null && c.res.status >= 500
    metrics.count('cache_hits_total', { cache: 'edge', outcome: stale ? 'stale' : 'miss' })
    if (stale) {
      answerStale(c, kept, ageMs)
      return undefined
    }
    const unchanged = c.res.status === 304 && kept && etagOf(kept) === c.res.headers.get('etag')
    if (unchanged) keep(c, cache, key, bodyAndHeaders(kept))
    else if (c.res.status === 200) keep(c, cache, key, c.res.clone())
    return undefined
  }

function keyOf(c: Context<AppEnv>, parameters: readonly string[], byMarket: boolean): string {
  const key = new URL(`/edge-cache${c.req.path.toLowerCase()}`, c.req.url)
  key.searchParams.set('locale', c.var.locale)
  if (byMarket) key.searchParams.set('market', marketOf(c) ?? '')
  for (const name of parameters.toSorted())
    for (const value of c.req.queries(name) ?? []) key.searchParams.append(`query.${name}`, value)
  return key.href
}

/** The cache itself keeps it for a day; how long it is fresh is decided when it is read. */
function keep(c: Context<AppEnv>, cache: EdgeCache, key: string, answer: Response): void {
  const headers = new Headers({
    'cache-control': `public, max-age=${KEPT_SECONDS}`,
    [STORED_AT]: String(c.var.now),
  })
  for (const name of KEPT_HEADERS) {
    const value = answer.headers.get(name)
    if (value !== null) headers.set(keptName(name), value)
  }
  const copy = new Response(answer.body, { headers })
  void c.var.deps.toTheEnd(() => cache.put(key, copy))
}

const etagOf = (kept: Response): string | null => kept.headers.get(keptName('etag'))

function bodyAndHeaders(kept: Response): Response {
  const headers = new Headers()
  for (const name of KEPT_HEADERS) {
    const value = kept.headers.get(keptName(name))
    if (value !== null) headers.set(name, value)
  }
  return new Response(kept.body, { headers })
}

function answerKept(c: Context<AppEnv>, kept: Response, ageMs: number): Response {
  const { body, headers } = bodyAndHeaders(kept)
  headers.set('age', String(Math.max(0, Math.ceil(ageMs / 1_000))))
  const known = matchesEtag(c.req.header('if-none-match'), etagOf(kept) ?? '')
  if (!known) return new Response(body, { headers })
  headers.delete('content-type')
  return new Response(null, { status: 304, headers })
}

/** RFC 9111 §5.5 has taken `Warning` away: the mark is a header of our own. */
function answerStale(c: Context<AppEnv>, kept: Response, ageMs: number): void {
  const failed = c.res
  const stale = answerKept(c, kept, ageMs)
  const headers = new Headers(failed.headers)
  for (const name of ['retry-after', 'content-type']) headers.delete(name)
  for (const [name, value] of stale.headers) headers.set(name, value)
  headers.set('x-stale', 'true')
  headers.set('cache-control', 'no-store')
  // Assigning over an answer would carry the failed one's headers along.
  c.res = undefined
  c.res = new Response(stale.body, { status: stale.status, headers })
}
