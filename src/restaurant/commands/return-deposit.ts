import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'

/** Staff paid a deposit back that was for no order. */
export const returnDeposit: CommandModule<'return-deposit'> = {
  run(cx, { depositId, method, note }) {
    const deposit = cx.store.payments.deposit(depositId)
    if (deposit === null) return refuse({ kind: 'NOT_FOUND', what: 'deposit' })
    if (deposit.status !== 'UNMATCHED')
      return refuse({ kind: 'DEPOSIT_STATE', status: deposit.status })
    const by = cx.asker.userId ?? cx.asker.sessionId
    const returned = {
      ...deposit,
      status: 'RETURNED' as const,
      proof: { method, note, by, at: cx.now },
    }
    cx.store.payments.saveDeposit(returned)
    return ok(returned)
  },
}
