import type { ProviderRefusal, RefundOutcome } from '../../domain/payment/outcomes.ts'
import type { RefundRequest as PortRequest } from '../payment-port.ts'
import { bankCode } from './banks.ts'
import { refundsOf } from './cancels.ts'
import type { TossAnswer, TossClient } from './client.ts'
import { clip } from './clip.ts'
import { VERDICTS } from './error-codes.ts'
import type { TossPayment } from './wire.ts'

type RefundRequest = PortRequest & { providerKey: string }

/** The provider takes at most 200 characters of reason. */
const MAX_REASON = 200

const ACCOUNT_REQUIRED: ProviderRefusal = {
  code: 'REFUND_ACCOUNT_REQUIRED',
  message: '가상계좌 결제는 환불받을 계좌가 있어야 환불할 수 있습니다.',
}
const WHOLE_ONLY: ProviderRefusal = {
  code: 'NOT_ALLOWED_PARTIAL_REFUND',
  message: '부분 환불을 할 수 없는 결제입니다.',
}
const TRANSFER_FAILED: ProviderRefusal = {
  code: 'REFUND_TRANSFER_FAILED',
  message: '환불 계좌로 보내지 못했습니다. 결제사 상점 관리자에서 확인해 주세요.',
}

/**
 * The reason with our refund's id behind it: the only field of ours that comes back in `cancels`,
 * and so the only proof that a cancellation found there is this one.
 */
export function markedReason(reason: string, refundId: string): string {
  const mark = ` [${refundId}]`
  return clip(reason.trim() || 'refund', MAX_REASON - mark.length) + mark
}

/** What stands of this very refund, in this amount, among the payment's cancellations. */
function standing(payment: TossPayment, request: RefundRequest): RefundOutcome | 'absent' {
  if (payment.paymentKey !== request.providerKey || payment.orderId !== request.paymentId)
    return { kind: 'unknown', detail: 'another payment' }
  const tries = refundsOf(payment).filter(
    ({ refundId, amount }) => refundId === request.refundId && amount === request.amount,
  )
  const ours = tries.find(({ status }) => status !== 'FAILED') ?? tries.at(-1)
  if (ours === undefined) return 'absent'
  const { providerRef } = ours
  if (ours.status === 'FAILED') return { kind: 'refused', failure: TRANSFER_FAILED }
  return { kind: ours.status === 'DONE' ? 'done' : 'pending', providerRef }
}

/** A cancellation that failed left the money there; a transfer to the guest that failed did not. */
const mayTryAgain = (found: RefundOutcome, { virtualAccount }: TossPayment): boolean =>
  found.kind === 'refused' && virtualAccount == null

/** Why the provider need not be asked at all; null when it may. */
function hopeless(payment: TossPayment, request: RefundRequest): ProviderRefusal | null {
  if (payment.virtualAccount != null && request.account === null) return ACCOUNT_REQUIRED
  const partial = request.amount < payment.balanceAmount
  return partial && payment.isPartialCancelable === false ? WHOLE_ONLY : null
}

const withoutAnswer = (answer: Exclude<TossAnswer, { kind: 'payment' }>): RefundOutcome => {
  if (answer.kind === 'trouble') return { kind: 'unknown', detail: answer.detail }
  return answer.meaning === 'not-found'
    ? { kind: 'refused', failure: answer.failure }
    : { kind: 'unknown', detail: answer.failure.code }
}

/**
 * Looks first and cancels only what does not stand yet: the provider repeats its first answer to a key
 * for fifteen days, also an "under way" that has long been settled, and forgets it afterwards.
 */
export async function refundAtToss(
  send: TossClient,
  request: RefundRequest,
): Promise<RefundOutcome> {
  const path = `/v1/payments/${request.providerKey}`
  const before = await send({ method: 'GET', path })
  if (before.kind !== 'payment') return withoutAnswer(before)
  const found = standing(before.payment, request)
  if (found !== 'absent' && !mayTryAgain(found, before.payment)) return found
  const failure = hopeless(before.payment, request)
  if (failure !== null) return { kind: 'refused', failure }

  const answer = await send({
    method: 'POST',
    path: `${path}/cancel`,
    body: cancelBody(request),
    idempotencyKey: `refund-${request.refundId}-${request.attempt}`,
  })
  if (answer.kind === 'trouble') return { kind: 'unknown', detail: answer.detail }
  if (answer.kind === 'payment') {
    const made = standing(answer.payment, request)
    return made === 'absent'
      ? { kind: 'unknown', detail: 'the answer does not show the refund' }
      : made
  }
  const verdict = VERDICTS.refund[answer.meaning]
  if (verdict === 'refused') return { kind: 'refused', failure: answer.failure }
  // An error that leaves doubt: what really stands decides.
  const after = await send({ method: 'GET', path })
  if (after.kind !== 'payment') return { kind: 'unknown', detail: answer.failure.code }
  const stands = standing(after.payment, request)
  if (stands !== 'absent') return stands
  return verdict === 'unknown'
    ? { kind: 'unknown', detail: answer.failure.code }
    : { kind: 'refused', failure: answer.failure }
}

function cancelBody({ reason, refundId, amount, account }: RefundRequest) {
  return {
    cancelReason: markedReason(reason, refundId),
    cancelAmount: amount,
    ...(account !== null && {
      refundReceiveAccount: {
        bank: bankCode(account.bank),
        accountNumber: account.accountNo.replace(/[\s-]/g, ''),
        holderName: account.holder.trim(),
      },
    }),
  }
}
