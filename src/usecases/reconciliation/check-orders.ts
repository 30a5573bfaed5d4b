import type { CopiedOrder, OwnedDifference } from '../../db/repositories/reconciliation-ports.ts'
import { errorText } from '../../domain/error-text.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { firstTimedId } from '../../domain/ids.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'
import type { OrderView } from '../../domain/queries.ts'
import type { MoneyDifference } from '../../domain/reconciliation/difference.ts'
import { ledgerDifferences } from '../../domain/reconciliation/ledger.ts'
import { moneyDifferences } from '../../domain/reconciliation/money.ts'
import { addTotals, type ReconciliationRun, type Totals } from '../../domain/reconciliation/run.ts'
import type { WalletEntry } from '../../domain/wallet/ledger.ts'
import { nextAfter, type BookDeps, type BookPage } from './book-page.ts'

const ORDERS_PER_PAGE = 100
/** A light run leaves orders that were placed longer before what it looks at to the next full one. */
const PLACED_BEFORE_MS = 3 * 24 * 3600_000

/**
 * Holds a page of orders against their payments, refunds and ledger rows. The page is of copies: what
 * looks wrong there counts only when the order's restaurant says the same.
 */
export async function checkOrders(
  deps: BookDeps,
  { kind, after, since }: Pick<ReconciliationRun, 'kind' | 'after' | 'since'>,
): Promise<BookPage> {
  const firstId = kind === 'FULL' ? '' : firstTimedId(since - PLACED_BEFORE_MS)
  const orders = await deps.books.orders({ after, since, firstId, limit: ORDERS_PER_PAGE })
  const entries = await deps.books.entriesOf(orders.flatMap(({ view }) => pointsOf(view)))
  const page = { owners: [] as string[], found: [] as OwnedDifference[], skipped: 0, asked: 0 }
  for (const copy of orders) {
    const { order } = copy.view
    const looks = differencesOf(copy.view, entries, deps.now())
    if (looks.length > 0) page.asked += 1
    const told = looks.length === 0 ? looks : await confirmed(deps, copy)
    if (told === null) page.skipped += 1
    else page.owners.push(order.id)
    page.found.push(...(told ?? []).map((difference) => ({ ...difference, owner: order.id })))
  }
  return {
    next: nextAfter(orders, ORDERS_PER_PAGE, ({ view }) => view.order.id),
    owners: page.owners,
    found: page.found,
    figures: {
      ordersChecked: orders.length - page.skipped,
      ordersSkipped: page.skipped,
      ...totalsOf(orders),
    },
    asked: page.asked,
  }
}

const differencesOf = (
  view: OrderView,
  entries: readonly WalletEntry[],
  now: number,
): readonly MoneyDifference[] => [
  ...moneyDifferences(view, now),
  ...ledgerDifferences(view, entries, now),
]

const pointsOf = ({ payments }: OrderView): string[] =>
  payments.filter(({ provider }) => provider === 'wallet').map(({ id }) => id)

/** What the restaurant itself makes of it; null where that is not known, and the order is skipped. */
async function confirmed(
  deps: BookDeps,
  { view, confirmed: projected }: CopiedOrder,
): Promise<readonly MoneyDifference[] | null> {
  const orderId = view.order.id
  const skip = (reason: string, error?: string) => {
    deps.log({ level: 'warn', kind: 'reconciliation-skipped', orderId, reason, error })
    return null
  }
  // A rebuild is writing ahead of what the restaurant has confirmed.
  if (!projected) return skip('not-confirmed')
  try {
    const asked = await deps.restaurants(orderId).query<'order'>({
      query: { type: 'order', orderId },
      asker: SYSTEM,
    })
    if (!asked.ok) return skip('order-unknown')
    const entries = await deps.books.entriesOf(pointsOf(asked.value))
    const told = differencesOf(asked.value, entries, deps.now())
    return told.length > 0 ? told : skip('copy-behind')
  } catch (error) {
    return skip('not-heard', errorText(error))
  }
}

function totalsOf(orders: readonly CopiedOrder[]): { captured: Totals; refunded: Totals } {
  const payments = orders
    .flatMap(({ view }) => view.payments)
    .filter(({ status }) => status === 'CAPTURED')
  return {
    captured: perCurrency(payments, ({ amount }) => amount),
    refunded: perCurrency(payments, ({ refundedAmount }) => refundedAmount),
  }
}

const perCurrency = (
  payments: readonly PaymentState[],
  amountOf: (payment: PaymentState) => number,
): Totals =>
  payments.reduce<Totals>(
    (sums, payment) => addTotals(sums, { [payment.currency]: amountOf(payment) }),
    {},
  )
