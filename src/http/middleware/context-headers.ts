import { MARKET_HABITS, marketNamed } from '../../domain/catalogue/markets.ts'
import { parseId } from '../../domain/ids.ts'
import type { FieldError } from '../../domain/refusal.ts'
import { refused } from '../errors.ts'
import type { Step } from '../step.ts'

export const BOOKMARK_HEADER = 'X-Read-Bookmark'
const BOOKMARK = /^[\w-]{1,128}$/

/** Reads `X-Market`, `X-Session-Id`, `X-Restaurant-Id` and `X-Read-Bookmark`; what is not understood is refused. */
export const contextHeaders: Step = (c) => {
  const errors: FieldError[] = []
  const idFrom = (header: string): string | null => {
    const sent = c.req.header(header)
    const id = sent === undefined ? null : parseId(sent)
    if (sent !== undefined && id === null) errors.push({ field: header, reason: 'invalid_format' })
    return id
  }
  const wanted = c.req.header('X-Market')
  const market = wanted === undefined ? null : marketNamed(wanted)
  if (wanted !== undefined && market === null)
    errors.push({ field: 'X-Market', reason: 'unknown_market' })
  const bookmark = c.req.header(BOOKMARK_HEADER) ?? null
  if (bookmark !== null && !BOOKMARK.test(bookmark))
    errors.push({ field: BOOKMARK_HEADER, reason: 'invalid_format' })
  c.set('readBookmark', bookmark)
  c.set('market', market)
  if (market !== null && c.req.header('accept-language') === undefined)
    c.set('locale', MARKET_HABITS[market].locale)
  c.set('sessionHeader', idFrom('X-Session-Id'))
  c.set('restaurantHeader', idFrom('X-Restaurant-Id'))
  return errors.length > 0 ? refused(c, { kind: 'INVALID', errors }) : null
}
