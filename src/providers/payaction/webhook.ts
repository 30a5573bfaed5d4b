import { z } from 'zod'
import { idOfOrderCode } from '../../domain/payment/order-code.ts'
import { sameText } from '../../domain/same-text.ts'
import type { DepositNews, DepositReader } from '../payment-port.ts'
import { accountOf, type PayActionAccount } from './account.ts'

/** The one status that tells of money; others may exist and are no news. */
const MATCHED = '매칭완료'
const MAX_NAME = 100

const text = (longest: number) => z.string().max(longest)

const matching = z.object({
  order_number: text(200),
  order_status: text(100),
  processing_date: text(100).nullish().catch(null),
})

/** A whole number of won, also written as text with commas. */
const won = z
  .union([z.number(), z.string().regex(/^\d[\d,]*$/)])
  .transform((given) => Number(typeof given === 'number' ? given : given.replaceAll(',', '')))
  .pipe(z.int().min(1).max(1_000_000_000_000))

const transaction = z.object({
  transaction_type: text(50),
  transaction_name: z.string().transform((name) => name.trim().slice(0, MAX_NAME)),
  amount: won,
})

/** What PayAction posts: that an order's deposit is in, or, as the account's feed, that some money is. */
function read(body: unknown): DepositNews {
  const matched = matching.safeParse(body)
  if (matched.success) {
    const { order_number: orderNumber, order_status: status, processing_date: at } = matched.data
    if (status !== MATCHED) return { kind: 'nothing', reason: 'ORDER_STATUS' }
    return { kind: 'matched', orderNumber, paymentId: idOfOrderCode(orderNumber), at: at ?? null }
  }
  const moved = transaction.safeParse(body)
  if (!moved.success) return { kind: 'nothing', reason: 'UNREADABLE' }
  const { transaction_type: type, transaction_name: payerName, amount } = moved.data
  return type === 'deposited'
    ? { kind: 'deposited', payerName, amount }
    : { kind: 'nothing', reason: 'TRANSACTION_TYPE' }
}

/** Reads PayAction's calls. Both headers are fixed texts of the mall: there is no signature. */
export const createDepositReader = (deployment: PayActionAccount | null): DepositReader => ({
  read,
  isFrom(keys, { mallId, webhookKey }) {
    const account = keys === null ? deployment : accountOf(keys)
    if (account === null) return false
    // Both are always compared, so that the time does not tell which one was wrong.
    const mall = sameText(mallId, account.mallId)
    const key = sameText(webhookKey, account.webhookKey)
    return mall && key
  },
})
