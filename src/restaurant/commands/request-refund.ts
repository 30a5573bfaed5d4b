import { isStaff } from '../../domain/actor.ts'
import type { Command } from '../../domain/commands.ts'
import type { RefundState } from '../../domain/payment/payment.ts'
import { wantedRefund } from '../../domain/payment/refund-wish.ts'
import { withRefundedLines } from '../../domain/payment/refunding.ts'
import { ok, refuse } from '../../domain/result.ts'
import { afterRefunds } from '../after-refunds.ts'
import type { Answer, CommandModule } from '../command-module.ts'
import { emitOrder, type Context } from '../context.ts'
import { enterRefunds, NOT_NEEDED, reachesVirtualAccount, refundableOf } from '../money-moves.ts'
import { moveOrder } from '../move-order.ts'

type Wish = Command<'request-refund'>

/** A sum, portions of lines, or all that is left is paid back; the agenda sees it through. */
export const requestRefund: CommandModule<'request-refund'> = {
  run(cx, command) {
    const { orderId, reason, sealedAccount = null } = command
    const order = cx.store.orders.get(orderId)
    if (order === null) return refuse({ kind: 'NOT_FOUND', what: 'order' })
    const lines = command.lines ?? null
    const left = refundableOf(cx, orderId)
    const wanted = wantedRefund(order, command, left)
    if (!wanted.ok) return wanted
    const amount = wanted.value
    if (sealedAccount !== null && !reachesVirtualAccount(cx, orderId, amount))
      return refuse(NOT_NEEDED)
    // All of it, before the kitchen has begun: nobody shall cook what nobody pays for.
    if (amount === left && order.status === 'PENDING') return endInstead(cx, command)
    const marked = lines === null ? order : withRefundedLines(order, lines)
    if (lines !== null) cx.store.orders.update(marked)
    const entered = enterRefunds(cx, marked, amount, { reason, lines, sealedAccount }) ?? []
    emitOrder(cx, 'REFUND_CHANGED', afterRefunds(cx, marked))
    return ok(answerOf(entered))
  },
}

/** Where several payments paid the order, a refund may have several parts. */
function answerOf(entered: readonly RefundState[]): RefundState & { further: RefundState[] } {
  const [first, ...further] = entered
  if (first === undefined) throw new Error('a refund entered nothing')
  return { ...first, further }
}

function endInstead(
  cx: Context,
  { orderId, reason, sealedAccount = null }: Wish,
): Answer<'request-refund'> {
  const before = new Set(cx.store.payments.refundsOfOrder(orderId).map(({ id }) => id))
  const verb = isStaff(cx.asker) ? 'reject' : 'void'
  const ended = moveOrder(cx, orderId, verb, { reason }, sealedAccount)
  if (!ended.ok) return ended
  return ok(answerOf(cx.store.payments.refundsOfOrder(orderId).filter(({ id }) => !before.has(id))))
}
