import { SYSTEM } from '../../domain/actor.ts'
import type { Command, CommandOutcome } from '../../domain/commands.ts'
import { belongsTo, restaurantKeyOf } from '../../domain/ids.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { DepositNews } from '../../providers/payment-port.ts'
import type { Deps } from '../deps.ts'

export interface DepositCall {
  body: unknown
  /** The restaurant that the address names. */
  restaurantId: string | null
  /** What the caller shows of the account it speaks for. */
  shown: { mallId: string; webhookKey: string }
  /** The delivery's own mark: the same one twice is one. */
  deliveryId: string
  now: number
  traceId: string | null
}

type NewsDeps = Pick<Deps, 'restaurants' | 'accountKeys' | 'webhooks' | 'log'>

/**
 * Whoever watches a bank account tells that money is in. Nothing in it is signed and nobody can be
 * asked again, so the caller must show the account's keys, and speaks for the restaurants whose account
 * it is alone. What repeating would not change is taken; only passing trouble throws.
 */
export async function takeDepositNews(
  deps: NewsDeps,
  call: DepositCall,
): Promise<Result<null, Refusal>> {
  const news = deps.webhooks.deposits.read(call.body)
  const named = news.kind === 'matched' ? news.paymentId : null
  if (!(await isProven(deps, call, call.restaurantId ?? named)))
    return refuse({ kind: 'UNAUTHENTICATED', reason: 'WEBHOOK_NOT_VERIFIED' })
  const trouble = await take(deps, call, news)
  if (trouble !== null)
    deps.log({
      level: trouble === 'ORDER_STATUS' || trouble === 'TRANSACTION_TYPE' ? 'info' : 'warn',
      kind: 'deposit-news-not-taken',
      reason: trouble,
      paymentId: named,
      restaurantId: call.restaurantId,
      traceId: call.traceId,
    })
  return ok(null)
}

/** The deployment's account speaks for all, a restaurant's own for that restaurant. */
async function isProven(
  { webhooks: { deposits }, accountKeys }: NewsDeps,
  { shown }: DepositCall,
  idWithKey: string | null,
): Promise<boolean> {
  if (shown.mallId === '' || shown.webhookKey === '') return false
  if (deposits.isFrom(null, shown)) return true
  const keys = idWithKey === null ? null : await accountKeys('deposit', idWithKey)
  return keys !== null && deposits.isFrom(keys, shown)
}

/** What was done with it: null, or why nothing was. */
async function take(deps: NewsDeps, call: DepositCall, news: DepositNews): Promise<string | null> {
  const { restaurantId, deliveryId, now } = call
  const tell = <T extends 'report-deposit' | 'note-deposit'>(at: string, command: Command<T>) =>
    deps
      .restaurants(at)
      .execute<T>({ command, asker: SYSTEM, idempotency: null, traceId: call.traceId })
  switch (news.kind) {
    case 'nothing':
      return news.reason
    case 'deposited': {
      if (restaurantId === null) return 'NO_RESTAURANT'
      const { payerName, amount } = news
      const deposit = { traceId: deliveryId, payerName, amount, receivedAt: now }
      return troubleOf(await tell(restaurantId, { type: 'note-deposit', ...deposit }))
    }
    case 'matched': {
      const { paymentId, orderNumber, at } = news
      if (paymentId === null) return 'NOT_OUR_NUMBER'
      if (restaurantId !== null && !belongsTo(paymentId, restaurantKeyOf(restaurantId)))
        return 'OF_ANOTHER_RESTAURANT'
      const told = await tell(paymentId, { type: 'report-deposit', paymentId, amount: null })
      if (told.ok) return null
      // Money that came for something the restaurant knows nothing of: its sum is nowhere told.
      const orphan = { payerName: `PayAction ${orderNumber}`, amount: 0, receivedAt: now }
      const traceId = `${orderNumber} ${at ?? deliveryId}`
      await tell(paymentId, { type: 'note-deposit', traceId, ...orphan })
      return 'ORPHAN'
    }
  }
}

const troubleOf = (outcome: CommandOutcome): string | null =>
  outcome.ok ? null : outcome.refusal.kind
