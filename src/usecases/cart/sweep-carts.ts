import type { Deps } from '../deps.ts'

const DAY_MS = 24 * 3600_000
/** D1 blocks while a statement runs: small bites, and the rest next time. */
const ROWS_PER_BITE = 500
const BITES = 40

/** Removes carts that are over and checkouts that nobody will repeat. For the cron. */
export async function sweepCarts({
  carts,
  checkouts,
  now,
}: Pick<Deps, 'carts' | 'checkouts' | 'now'>): Promise<{ carts: number; checkouts: number }> {
  const at = now()
  return {
    carts: await inBites((limit) => carts.sweep(at, limit)),
    checkouts: await inBites((limit) => checkouts.sweep(at - DAY_MS, limit)),
  }
}

async function inBites(sweep: (limit: number) => Promise<number>): Promise<number> {
  let removed = 0
  for (let bite = 0; bite < BITES; bite += 1) {
    const gone = await sweep(ROWS_PER_BITE)
    removed += gone
    if (gone < ROWS_PER_BITE) break
  }
  return removed
}
