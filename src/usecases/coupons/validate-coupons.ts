import type { QueryOutcome } from '../../domain/queries.ts'
import { refuse } from '../../domain/result.ts'
import { namesUnknown, quoteOrder } from '../orders/quote-order.ts'
import { UNKNOWN_COUPON } from './ask-about-codes.ts'

/** A quote where the codes are what is asked about: one that the restaurant does not have is refused. */
export async function validateCoupons(
  ...asked: Parameters<typeof quoteOrder>
): Promise<QueryOutcome<'quote-order'>> {
  const quoted = await quoteOrder(...asked)
  return namesUnknown(quoted) ? refuse(UNKNOWN_COUPON) : quoted
}
