import { stableScope } from '../../domain/actor.ts'
import { reconcileNow } from '../../usecases/reconciliation/start-reconciliation.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { defineRoute } from '../route.ts'
import { listOf, pageQuery } from '../schemas/lists.ts'
import {
  differenceJson,
  reconciliationList,
  reconciliationRun,
  reconciliationRunJson,
} from '../schemas/reconciliation.ts'

const OPEN_SHOWN = 100

/** Whether the books agree: wallets with their ledger, orders with their payments and refunds. */
export function reconciliationRoutes(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Administration',
      method: 'get',
      path: '/admin/payments/reconciliation',
      operationId: 'listReconciliations',
      summary: 'Runs of reconciliation, newest first, and the differences that are open',
      permission: 'reconciliation:read',
      idempotency: 'none',
      request: { query: pageQuery },
      success: { status: 200, description: 'A page', schema: reconciliationList },
      refusals: [],
    },
    async (c) => {
      const { reconciliations } = c.var.deps
      const { limit, cursor } = c.req.valid('query')
      const [runs, open] = await Promise.all([
        reconciliations.page({ limit, beforeId: cursor ?? null }),
        reconciliations.open(OPEN_SHOWN),
      ])
      const value = {
        ...listOf(runs, limit, c.var.now, reconciliationRunJson),
        open_differences: open.differences.map(differenceJson),
        open_count: open.count,
      }
      return { ok: true, value }
    },
  )
  defineRoute(
    app,
    {
      tag: 'Administration',
      method: 'post',
      path: '/admin/payments/reconciliation/runs',
      operationId: 'startReconciliation',
      summary: 'Reconcile everything now',
      description: 'While a full run is under way the answer is that one.',
      permission: 'reconciliation:run',
      idempotency: 'taken',
      success: { status: 202, description: 'Started', schema: reconciliationRun },
      refusals: [],
    },
    async (c) => {
      const { deps, actor, idempotency } = c.var
      const command = idempotency && { scope: stableScope(actor), key: idempotency.key }
      return {
        ok: true,
        value: reconciliationRunJson(await reconcileNow(deps, command, actingIn(c.var))),
      }
    },
  )
}
