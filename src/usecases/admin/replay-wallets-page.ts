import { SYSTEM } from '../../domain/actor.ts'
import type { PaymentState, RefundState } from '../../domain/payment/payment.ts'
import type { OrderView } from '../../domain/queries.ts'
import { cursorAfter, placeOf } from '../../domain/rebuilding.ts'
import type { Deps } from '../deps.ts'
import { newEntryId } from '../wallet/wallet-provider.ts'
import type { PageDone } from './rebuild-page.ts'

const ORDERS_PER_PAGE = 50

type ReplayDeps = Pick<Deps, 'restaurants' | 'wallets' | 'now' | 'random' | 'log'>

/**
 * Enters what one page of orders took from wallets and gave back, as far as the ledger does not have
 * it: each movement has its own place there. What a wallet does not hold is logged and left; asked
 * again once its charges are in, it is taken.
 */
export async function replayWalletsPage(
  deps: ReplayDeps,
  restaurantId: string,
  cursor: string | null,
): Promise<PageDone> {
  const place = placeOf('orders', cursor)
  const read = await deps.restaurants(restaurantId).query<'rebuild-page'>({
    query: { type: 'rebuild-page', ...place, limit: ORDERS_PER_PAGE },
    asker: SYSTEM,
  })
  if (!read.ok) throw new Error(`restaurant ${restaurantId} refused: ${read.refusal.kind}`)
  const { page, nextAfterId } = read.value
  const views = page.section === 'orders' ? page.orders : []
  let rowsWritten = 0
  for (const view of views)
    for (const payment of view.payments)
      if (payment.provider === 'wallet') rowsWritten += await replay(deps, view, payment)
  return { rowsWritten, rowsSwept: 0, next: cursorAfter('orders', place, nextAfterId) }
}

/** How many entries it wrote. */
async function replay(
  deps: ReplayDeps,
  { order, refunds }: OrderView,
  payment: PaymentState,
): Promise<number> {
  const { id: paymentId, orderId, amount, status } = payment
  const entryId = newEntryId(deps)
  if (status === 'ENDED') {
    const standing = await deps.wallets.voidDebit({ entryId, paymentId, now: deps.now() })
    return Number(standing.id === entryId)
  }
  if (status !== 'CAPTURED' || order.userId === null) return 0
  const { userId } = order
  const debit = { entryId, userId, amount, paymentId, orderId, now: deps.now() }
  const debited = await deps.wallets.debitForOrder(debit)
  if (debited.kind !== 'debited') {
    const why = debited.kind
    deps.log({ level: 'error', kind: 'wallet-not-replayed', why, userId, paymentId, amount })
    return 0
  }
  let written = Number(debited.entry.id === entryId)
  for (const refund of refunds)
    if (isBack(refund, paymentId)) written += await giveBack(deps, refund)
  return written
}

const isBack = ({ status, proof, paymentId }: RefundState, of: string): boolean =>
  paymentId === of && status === 'DONE' && proof === null

async function giveBack(
  deps: ReplayDeps,
  { id: refundId, paymentId, amount }: RefundState,
): Promise<number> {
  const entryId = newEntryId(deps)
  const credit = { entryId, paymentId, refundId, amount, now: deps.now() }
  const entry = await deps.wallets.creditBack(credit)
  return Number(entry?.id === entryId)
}
