import type { RebuildRun, RebuildStep } from '../../db/repositories/ports.ts'
import type { Deps } from '../deps.ts'
import { rebuildFeedPage } from './rebuild-feed-page.ts'
import { rebuildRowsPage } from './rebuild-rows-page.ts'
import { replayWalletsPage } from './replay-wallets-page.ts'

export type RebuildDeps = Pick<
  Deps,
  | 'restaurants'
  | 'projector'
  | 'rebuilds'
  | 'feedMending'
  | 'couponCodes'
  | 'wallets'
  | 'send'
  | 'now'
  | 'random'
  | 'log'
>

/** What a page came to; `next` is the page owed after it, null when the restaurant is done. */
export interface PageDone {
  rowsWritten: number
  rowsSwept: number
  next: string | null
}

/** Does one page of a restaurant, then asks for the next. Repeats change nothing. */
export async function rebuildPage(deps: RebuildDeps, step: RebuildStep): Promise<void> {
  const { rebuildId, restaurantId } = step
  const run = await deps.rebuilds.byId(rebuildId)
  if (run === null) throw new Error(`rebuild ${rebuildId} is not known`)
  const done = await pageOf(deps, run, step)
  await deps.rebuilds.advance(step, done, deps.now())
  const { next } = done
  if (next === null) return
  // Also a repeat sends it on: the first delivery may have died before it did.
  const owed = await deps.rebuilds.owed(rebuildId, restaurantId)
  if (owed?.afterId === next) await deps.send({ v: 1, kind: 'rebuild', ...owed })
}

function pageOf(
  deps: RebuildDeps,
  { projection, generation }: RebuildRun,
  { restaurantId, afterId }: RebuildStep,
): Promise<PageDone> {
  switch (projection) {
    case 'feed':
      return rebuildFeedPage(deps, restaurantId, afterId)
    case 'wallets':
      return replayWalletsPage(deps, restaurantId, afterId)
    case 'orders':
    case 'catalogue':
    case 'coupons':
    case 'all':
      return rebuildRowsPage(deps, { projection, generation }, restaurantId, afterId)
  }
}
