import type { Deps } from '../deps.ts'

const KEPT_MS = 2 * 365 * 24 * 3_600_000
const PER_STATEMENT = 1_000
const STATEMENTS = 20

/** Forgets who looked at what two years ago. For the cron; what one run leaves, the next takes. */
export async function sweepActivity(
  deps: Pick<Deps, 'supportActivity' | 'now'>,
): Promise<{ removed: number }> {
  let removed = 0
  for (let n = 0; n < STATEMENTS; n += 1) {
    const swept = await deps.supportActivity.sweep(deps.now() - KEPT_MS, PER_STATEMENT)
    removed += swept
    if (swept < PER_STATEMENT) break
  }
  return { removed }
}
