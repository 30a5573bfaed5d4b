import { newRun, type ReconciliationRun, type RunKind } from '../../domain/reconciliation/run.ts'
import type { Deps } from '../deps.ts'
import { newId, reconcile, type ReconcileDeps } from './reconcile.ts'

/** Enters a run; one of its kind that is under way already is the run. The cron brings it to its end. */
export async function startReconciliation(
  deps: Pick<Deps, 'reconciliations' | 'now' | 'random'>,
  kind: RunKind,
  command: string | null = null,
): Promise<ReconciliationRun> {
  const now = deps.now()
  const last = await deps.reconciliations.lastAsOf()
  return deps.reconciliations.start(newRun(kind, last, { id: newId(deps), now }), command)
}

/** Enters a full run and begins with it behind the caller's back. */
export async function reconcileNow(
  deps: ReconcileDeps & Pick<Deps, 'toTheEnd'>,
  command: { scope: string; key: string } | null,
): Promise<ReconciliationRun> {
  const named = command === null ? null : `${command.scope}\n${command.key}`
  const run = await startReconciliation(deps, 'FULL', named)
  deps
    .toTheEnd(() => reconcile(deps))
    .catch((error: unknown) => {
      const text = error instanceof Error ? error.message : 'unknown'
      deps.log({ level: 'warn', kind: 'reconciliation-failed', id: run.id, error: text })
    })
  return run
}
