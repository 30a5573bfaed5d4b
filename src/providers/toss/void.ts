import type { LookupOutcome, VoidOutcome } from '../../domain/payment/outcomes.ts'
import type { TossClient } from './client.ts'
import { PAYMENT_KEY } from './wire.ts'

type LookUp = () => Promise<LookupOutcome>

/** What the look-up says of a payment that shall bring nothing; an issued account has to be closed. */
function judge(found: LookupOutcome): VoidOutcome | { close: string } {
  if (found.kind === 'unknown') return found
  // A page that nobody confirms brings no money by itself.
  if (found.kind === 'missing') return { kind: 'voided' }
  if (found.state === 'CAPTURED') return { kind: 'captured', found }
  return found.state === 'AWAITING' ? { close: found.providerKey } : { kind: 'voided' }
}

/**
 * Closes an issued account, so that the bank takes no more money for it. Whatever the provider says to
 * that, what stands afterwards decides: the money may have come just before.
 */
export async function voidAtToss(send: TossClient, lookUp: LookUp): Promise<VoidOutcome> {
  const before = judge(await lookUp())
  if (!('close' in before)) return before
  if (!PAYMENT_KEY.test(before.close)) return { kind: 'unknown', detail: 'not a payment key' }
  const answer = await send({
    method: 'POST',
    path: `/v1/payments/${before.close}/cancel`,
    // No refund account: once the money is in, the provider refuses. Nothing happens twice, so that no
    // key is needed, under which an error would only be repeated.
    body: { cancelReason: '주문 종료' },
  })
  const after = judge(await lookUp())
  if (!('close' in after)) return after
  const detail = answer.kind === 'error' ? answer.failure.code : 'the account is still open'
  return { kind: 'unknown', detail }
}
