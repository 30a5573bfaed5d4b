import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { settleReport } from '../settle-report.ts'

/** What the provider answered to the claimant. */
export const settleCapture: CommandModule<'settle-capture'> = {
  run(cx, { paymentId, attemptId, outcome }) {
    const payment = cx.store.payments.get(paymentId)
    if (payment === null) return refuse({ kind: 'NOT_FOUND', what: 'payment' })
    return ok(settleReport(cx, payment, attemptId, outcome))
  },
}
