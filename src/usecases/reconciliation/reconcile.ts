import type { KnownDifference } from '../../db/repositories/reconciliation-ports.ts'
import type { Versioned } from '../../db/repositories/wallet-ports.ts'
import { isPlatformId, mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import { afterPage, type ReconciliationRun, type Stage } from '../../domain/reconciliation/run.ts'
import type { Deps } from '../deps.ts'
import type { BookDeps, BookPage } from './book-page.ts'
import { checkLedger } from './check-ledger.ts'
import { checkOrders } from './check-orders.ts'
import { checkWallets } from './check-wallets.ts'

export type ReconcileDeps = BookDeps & Pick<Deps, 'reconciliations' | 'random'>

/** One call does so much; the cron goes on with the rest. */
const PAGES_PER_CALL = 100
const ASKED_PER_CALL = 200

const CHECKS: Record<Stage, (deps: BookDeps, run: ReconciliationRun) => Promise<BookPage>> = {
  WALLETS: checkWallets,
  LEDGER: checkLedger,
  ORDERS: checkOrders,
}

/** Goes on with the runs that are under way, a bounded piece of them, and writes what they find. */
export async function reconcile(
  deps: ReconcileDeps,
): Promise<{ pages: number; finished: number; found: number }> {
  const done = { pages: 0, asked: 0, finished: 0, found: 0 }
  for (const run of await deps.reconciliations.unfinished()) {
    let at: Versioned<ReconciliationRun> | null = run
    while (at !== null && done.pages < PAGES_PER_CALL && done.asked < ASKED_PER_CALL) {
      const page = await CHECKS[at.state.stage](deps, at.state)
      done.pages += 1
      done.asked += page.asked
      done.found += page.found.length
      at = await step(deps, at, page)
      if (at === null || at.state.finishedAt === null) continue
      finished(deps, at.state)
      done.finished += 1
      at = null
    }
  }
  return { pages: done.pages, finished: done.finished, found: done.found }
}

/** Writes a page's findings, then that it is done; null when another is at work on the run. */
async function step(
  deps: ReconcileDeps,
  { state, version }: Versioned<ReconciliationRun>,
  { next, owners, found, figures }: BookPage,
): Promise<Versioned<ReconciliationRun> | null> {
  const now = deps.now()
  const fresh = await deps.reconciliations.note(
    { runId: state.id, owners, found },
    { mintId: () => newId(deps), now },
  )
  for (const difference of fresh) raise(deps, difference)
  const after = afterPage(state, { ...figures, differences: found.length }, next, now)
  const advanced = await deps.reconciliations.advance({ state: after, version })
  return advanced ? { state: after, version: version + 1 } : null
}

export const newId = ({ now, random }: Pick<Deps, 'now' | 'random'>): string =>
  mintTimedId(PLATFORM_KEY, now(), random)

/** What alerts hang on: ids and figures only. */
function raise(
  { log }: Pick<Deps, 'log'>,
  { id, kind, owner, subject, expected, actual, detail, runId }: KnownDifference,
): void {
  const orderId = isPlatformId(owner) ? null : owner
  const what = { id, difference: kind, owner, orderId, subject, expected, actual, detail, runId }
  log({ ...what, level: 'error', kind: 'reconciliation-difference' })
}

function finished(
  { log, now }: Pick<Deps, 'log' | 'now'>,
  { id, kind, startedAt, ordersChecked, ordersSkipped, walletsChecked, differences }: RunFigures,
): void {
  log({
    level: 'info',
    kind: 'reconciliation-finished',
    id,
    run: kind,
    ordersChecked,
    ordersSkipped,
    walletsChecked,
    differences,
    durationMs: now() - startedAt,
  })
}
type RunFigures = Pick<
  ReconciliationRun,
  'id' | 'kind' | 'startedAt' | 'ordersChecked' | 'ordersSkipped' | 'walletsChecked' | 'differences'
>
