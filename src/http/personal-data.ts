import { SYSTEM } from '../domain/actor.ts'
import type { ClaimState } from '../domain/coupon/coupon.ts'
import type { WholeOrder } from '../domain/order/forget.ts'
import { orderJson } from '../domain/order/order-json.ts'
import { publicStatusOf } from '../domain/payment/public-status.ts'
import type { WalletEntry } from '../domain/wallet/ledger.ts'
import type { HeldData } from '../usecases/admin/export-person.ts'
import { isoTime } from './schemas/common.ts'
import { accountDetailsJson } from './schemas/accounts.ts'

/**
 * Everything held of a person as one JSON object, written as it is read: however many orders they had,
 * no more than a page of them is in memory. Where reading fails half-way the answer breaks off.
 */
export function personalDataResponse(held: HeldData, sessionId: string, now: number): Response {
  const encoder = new TextEncoder()
  const texts = textOf(held, sessionId, now)
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await texts.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'application/json',
      'Content-Disposition': 'attachment; filename="personal-data.json"',
      'Cache-Control': 'no-store',
    },
  })
}

async function* textOf(
  held: HeldData,
  sessionId: string,
  now: number,
): AsyncGenerator<string, void> {
  const { details, hasResetLink, carts, notes } = held
  const whole = {
    exported_at: isoTime(now),
    account: accountDetailsJson(details, sessionId),
    password_link_sent: hasResetLink,
    carts: carts.map(cartJson),
    notes: notes.map(({ text, createdAt }) => ({ text, at: isoTime(createdAt) })),
  }
  yield JSON.stringify(whole).slice(0, -1)
  yield* listOf('orders', held.orders(), heldOrderJson)
  yield* listOf('coupons', held.claims(), claimJson)
  yield* listOf('wallet', held.walletEntries(), entryJson)
  yield '}'
}

async function* listOf<T>(
  name: string,
  items: AsyncIterable<T>,
  toJson: (item: T) => object,
): AsyncGenerator<string, void> {
  yield `,${JSON.stringify(name)}:[`
  let first = true
  for await (const item of items) {
    yield `${first ? '' : ','}${JSON.stringify(toJson(item))}`
    first = false
  }
  yield ']'
}

const cartJson = ({ restaurantId, lines, updatedAt }: HeldData['carts'][number]) => ({
  restaurant_id: restaurantId,
  lines,
  updated_at: isoTime(updatedAt),
})

/** What staff may do, and what a board rings for, is nothing of the person's. */
function heldOrderJson({ order, payments, refunds }: WholeOrder): object {
  const {
    allowed_actions: _,
    rings: __,
    unseen_since: ___,
    ...json
  } = orderJson(order, { capturing: false }, SYSTEM)
  return {
    ...json,
    payments: payments.map(({ id, method, amount, currency, status, payerName, capturedAt }) => ({
      ...{ id, method, amount, currency, status: publicStatusOf(status) },
      payer_name: payerName,
      captured_at: isoTime(capturedAt),
    })),
    refunds: refunds.map(({ id, amount, status, reason, requestedAt, doneAt }) => ({
      ...{ id, amount, status, reason },
      requested_at: isoTime(requestedAt),
      done_at: isoTime(doneAt),
    })),
  }
}

const claimJson = ({ id, code, status, orderId, claimedAt }: ClaimState) => ({
  ...{ id, code, status, order_id: orderId },
  claimed_at: isoTime(claimedAt),
})

const entryJson = ({ id, type, cause, amount, balanceAfter, orderId, createdAt }: WalletEntry) => ({
  ...{ id, type, cause, amount, balance_after: balanceAfter, order_id: orderId },
  at: isoTime(createdAt),
})
