import { isStaff, type Asker } from '../domain/actor.ts'
import type { Locale } from '../domain/locale.ts'
import type { RefundState } from '../domain/payment/payment.ts'
import { isoTime } from './schemas/common.ts'

type Reading = { asker: Asker; locale: Locale }

const WORDS = {
  ko: {
    tried: '결제사가 환불을 처리하지 못해 다시 시도하고 있습니다.',
    due: '자동으로 환불할 수 없어 매장에서 직접 돌려드립니다.',
    dropped: '이미 다른 방법으로 환불되었습니다.',
  },
  en: {
    tried: 'The payment provider did not take the refund; it is being tried again.',
    due: 'It cannot be paid back automatically: the restaurant pays it back by hand.',
    dropped: 'The money had already gone back in another way.',
  },
} as const satisfies Record<Locale, Record<string, string>>

function explanationOf({ status, failure }: RefundState, locale: Locale): string | null {
  if (status === 'DUE') return WORDS[locale].due
  if (status === 'DROPPED') return WORDS[locale].dropped
  return status === 'REQUESTED' && failure !== null ? WORDS[locale].tried : null
}

/** A refund as clients see it; what the provider said and how people paid it back is for staff. */
export function refundJson(refund: RefundState, { asker, locale }: Reading) {
  const { proof, lines } = refund
  const staff = isStaff(asker) || asker.role === 'SUPPORT' || asker.role === 'ADMIN'
  return {
    id: refund.id,
    payment_id: refund.paymentId,
    order_id: refund.orderId,
    amount: refund.amount,
    reason: refund.reason,
    status: refund.status,
    lines: lines?.map(({ lineId, quantity }) => ({ line_id: lineId, quantity })) ?? null,
    requested_at: isoTime(refund.requestedAt),
    done_at: isoTime(refund.doneAt),
    explanation: explanationOf(refund, locale),
    failure: staff ? refund.failure : null,
    proof:
      staff && proof !== null
        ? {
            method: proof.method,
            note: proof.note,
            recorded_by: proof.by,
            recorded_at: isoTime(proof.at),
          }
        : null,
  }
}

/** What was entered, with its other parts. */
export const enteredJson = (
  { further, ...refund }: RefundState & { further?: readonly RefundState[] },
  reading: Reading,
) => ({
  ...refundJson(refund, reading),
  further: (further ?? []).map((part) => refundJson(part, reading)),
})
