import type { RebuildRun } from '../../db/repositories/ports.ts'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import type { Deps } from '../deps.ts'

const RESTAURANTS_PER_READ = 100

export type StartRebuildDeps = Pick<Deps, 'rebuilds' | 'send' | 'now' | 'random' | 'log'>

/**
 * Starts a rebuild of the read model from the objects' rows: one message per restaurant. The system
 * runs on meanwhile; lost messages are sent again by the cron. The same `command` is the same run.
 */
export async function startRebuild(
  deps: StartRebuildDeps,
  projection: RebuildRun['projection'],
  command: { scope: string; key: string } | null,
): Promise<RebuildRun> {
  const run = await deps.rebuilds.start(await runId(deps, command), projection, deps.now())
  const { id, restaurantsTotal: restaurants } = run
  deps.log({ level: 'info', kind: 'rebuild-started', id, restaurants })
  let after: string | null = null
  for (;;) {
    const steps = await deps.rebuilds.pending(run.id, after, RESTAURANTS_PER_READ)
    await Promise.all(steps.map((step) => deps.send({ v: 1, kind: 'rebuild', ...step })))
    after = steps.at(-1)?.restaurantId ?? null
    if (steps.length < RESTAURANTS_PER_READ) return run
  }
}

async function runId(
  { random }: Pick<Deps, 'random'>,
  command: { scope: string; key: string } | null,
): Promise<string> {
  if (command === null) return mintAccountId(random)
  const named = new TextEncoder().encode(`rebuild\n${command.scope}\n${command.key}`)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', named))
  return mintAccountId((length) => digest.slice(0, length))
}
