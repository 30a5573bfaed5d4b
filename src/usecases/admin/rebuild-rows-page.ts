import { SYSTEM } from '../../domain/actor.ts'
import {
  cursorAfter,
  placeOf,
  type RebuildRows,
  type RowProjection,
} from '../../domain/rebuilding.ts'
import type { Deps } from '../deps.ts'
import type { PageDone } from './rebuild-page.ts'

const ROWS_PER_PAGE = 50

type RowsDeps = Pick<Deps, 'restaurants' | 'projector' | 'couponCodes' | 'now' | 'log'>

/**
 * Copies one page of a restaurant's rows from its object into the read model; after the last one,
 * rows that the object does not know are removed.
 */
export async function rebuildRowsPage(
  deps: RowsDeps,
  { projection, generation }: { projection: RowProjection; generation: number },
  restaurantId: string,
  cursor: string | null,
): Promise<PageDone> {
  const place = placeOf(projection, cursor)
  const read = await deps.restaurants(restaurantId).query<'rebuild-page'>({
    query: { type: 'rebuild-page', ...place, limit: ROWS_PER_PAGE },
    asker: SYSTEM,
  })
  if (!read.ok) throw new Error(`restaurant ${restaurantId} refused: ${read.refusal.kind}`)

  const now = deps.now()
  const { nextAfterId, ...page } = read.value
  const rowsWritten = await deps.projector.writeRebuilt({ ...page, generation, now })
  await registerCodes(deps, restaurantId, page.page)
  const next = cursorAfter(projection, place, nextAfterId)
  const rowsSwept =
    next === null
      ? await deps.projector.sweepGenerations(restaurantId, generation, projection, now)
      : 0
  return { rowsWritten, rowsSwept, next }
}

/** A database that was restored does not know the codes that were made since. */
async function registerCodes(
  deps: RowsDeps,
  restaurantId: string,
  page: RebuildRows,
): Promise<void> {
  if (page.section !== 'coupons' || page.coupons.length === 0) return
  const codes = page.coupons.map(({ code }) => code)
  const taken = await deps.couponCodes.adopt(codes, restaurantId, deps.now())
  for (const { id: couponId, code } of page.coupons)
    if (taken.includes(code))
      deps.log({ level: 'error', kind: 'coupon-code-of-another', restaurantId, couponId })
}
