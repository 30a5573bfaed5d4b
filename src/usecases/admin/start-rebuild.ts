import type { RebuildRun } from '../../db/repositories/ports.ts'
import type { Projection } from '../../domain/rebuilding.ts'
import type { Deps } from '../deps.ts'
import { auditOf, type Acting } from './audit.ts'
import { commandId, type KeyedCommand } from './command-id.ts'
import { STALLED_AFTER_MS } from './resume-rebuilds.ts'

const RESTAURANTS_PER_READ = 100
/** What was taken and not sent, because its sender died, the cron sends after this. */
const TAKEN_MS = 60_000

export type StartRebuildDeps = Pick<Deps, 'rebuilds' | 'send' | 'now' | 'random' | 'log'>

/**
 * Starts a rebuild from the objects' rows, of every restaurant or of one: a message for each. The system
 * runs on meanwhile; lost messages are sent again by the cron. The same `command` is the same run, and
 * asks for those pages alone that nobody has asked for.
 * `by` is left out where it is part of something that is told of already.
 */
export async function startRebuild(
  deps: StartRebuildDeps,
  projection: Projection,
  command: KeyedCommand | null,
  { restaurantId = null, by = null }: { restaurantId?: string | null; by?: Acting | null } = {},
): Promise<RebuildRun> {
  const runId = await commandId(deps, 'rebuild', command)
  const audit =
    by &&
    auditOf(deps, by, {
      ...{ action: 'rebuild-started', subject: 'projection', subjectId: runId, restaurantId },
      changes: { projection: { from: null, to: projection } },
    })
  const run = await deps.rebuilds.start(runId, projection, deps.now(), { restaurantId, audit })
  const { id, restaurantsTotal: restaurants } = run
  deps.log({ level: 'info', kind: 'rebuild-started', id, restaurants })
  let after: string | null = null
  for (;;) {
    const takenAt = deps.now() - STALLED_AFTER_MS + TAKEN_MS
    const steps = await deps.rebuilds.takeUnsent(run.id, after, RESTAURANTS_PER_READ, takenAt)
    await Promise.all(steps.map((step) => deps.send({ v: 1, kind: 'rebuild', ...step })))
    if (steps.length > 0) await deps.rebuilds.noteSent(run.id, takenAt, deps.now())
    after = steps.at(-1)?.restaurantId ?? null
    if (steps.length < RESTAURANTS_PER_READ) return run
  }
}
