import { errorText } from '../../domain/error-text.ts'
import { newRun, type ReconciliationRun, type RunKind } from '../../domain/reconciliation/run.ts'
import { auditOf, type Acting } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import { newId, reconcile, type ReconcileDeps } from './reconcile.ts'

/** Enters a run; one of its kind that is under way already is the run. The cron brings it to its end. */
export async function startReconciliation(
  deps: Pick<Deps, 'reconciliations' | 'now' | 'random'>,
  kind: RunKind,
  { command = null, by = null }: { command?: string | null; by?: Acting | null } = {},
): Promise<ReconciliationRun> {
  const now = deps.now()
  const last = await deps.reconciliations.lastAsOf()
  const run = newRun(kind, last, { id: newId(deps), now })
  const what = {
    action: 'reconciliation-started',
    subject: 'reconciliation',
    subjectId: run.id,
  } as const
  return deps.reconciliations.start(run, command, by && auditOf(deps, by, what))
}

/** Enters a full run and begins with it behind the caller's back. */
export async function reconcileNow(
  deps: ReconcileDeps & Pick<Deps, 'toTheEnd'>,
  keyed: { scope: string; key: string } | null,
  by: Acting,
): Promise<ReconciliationRun> {
  const command = keyed === null ? null : `${keyed.scope}\n${keyed.key}`
  const run = await startReconciliation(deps, 'FULL', { command, by })
  deps
    .toTheEnd(() => reconcile(deps))
    .catch((error: unknown) => {
      const text = errorText(error)
      deps.log({ level: 'warn', kind: 'reconciliation-failed', id: run.id, error: text })
    })
  return run
}
