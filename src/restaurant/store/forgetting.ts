import type { Subject } from '../../domain/events.ts'
import { forgetOrder, type WholeOrder } from '../../domain/order/forget.ts'

const OF = '(SELECT value FROM json_each(?))'

const FORGET_DEPOSITS = `UPDATE deposits SET payer_name = '',
    proof = CASE WHEN proof IS NULL THEN NULL ELSE json_set(proof, '$.note', '') END
  WHERE payment_id IN ${OF}`
const DROP_ACCOUNTS = `DELETE FROM refund_accounts WHERE refund_id IN ${OF}`
/** Answers repeat what was answered; without one, a repeat is decided anew, by the order as it is. */
const DROP_ANSWERS = `DELETE FROM idempotency WHERE scope = ?
  OR EXISTS (SELECT 1 FROM json_each(?) AS named WHERE instr(idempotency.answer, named.value) > 0)`
const EVENTS_OF_ORDERS = `SELECT seq, subject, message FROM events
  WHERE subject ->> '$.order.id' IN ${OF}`
const REWRITE_EVENT = `UPDATE events SET subject = ?, message = NULL WHERE seq = ?`
const FORGET_DEPOSIT_EVENTS = `UPDATE events
  SET subject = json_set(subject, '$.deposit.payerName', '', '$.deposit.proof', NULL)
  WHERE subject ->> '$.deposit.id' IN (SELECT id FROM deposits WHERE payment_id IN ${OF})`

/** What of a person stands beside their orders' own rows. */
export function createForgetting(sqlite: SqlStorage) {
  /** Numbers, types and times stay; whoever comes back to them sees what the order is now without. */
  function rewriteEvents(orderIds: string): void {
    const rows = sqlite
      .exec<{ seq: number; subject: string; message: string | null }>(EVENTS_OF_ORDERS, orderIds)
      .toArray()
    for (const { seq, subject: text, message } of rows) {
      const subject = JSON.parse(text) as Extract<Subject, { kind: 'order' }>
      const forgotten = JSON.stringify({ ...subject, ...forgetOrder(subject) })
      if (forgotten !== text || message !== null) sqlite.exec(REWRITE_EVENT, forgotten, seq)
    }
  }
  return {
    /** Deposits, accounts that refunds went to, kept answers, and events of these orders. */
    forgetTraces(userId: string, orders: readonly WholeOrder[]): void {
      const ids = JSON.stringify(orders.map(({ order }) => order.id))
      const paymentIds = orders.flatMap(({ payments }) => payments.map(({ id }) => id))
      const payments = JSON.stringify(paymentIds)
      const refunds = JSON.stringify(orders.flatMap((whole) => whole.refunds.map(({ id }) => id)))
      sqlite.exec(FORGET_DEPOSITS, payments)
      sqlite.exec(FORGET_DEPOSIT_EVENTS, payments)
      sqlite.exec(DROP_ACCOUNTS, refunds)
      sqlite.exec(DROP_ANSWERS, userId, ids)
      rewriteEvents(ids)
    },
  }
}
