import type { RefundState } from '../../domain/payment/payment.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { RefundRequest } from '../../domain/support/refund-request.ts'
import type { Deps } from '../deps.ts'
import { orderById } from './find-order.ts'

/** With what has become of the refunds that it led to, as their restaurant has them. */
export interface FollowedRequest {
  request: RefundRequest
  refunds: readonly RefundState[]
}

/** What has become of a request, down to the money. */
export async function followRequest(
  deps: Pick<Deps, 'restaurants'>,
  request: RefundRequest,
): Promise<FollowedRequest> {
  const { refundIds, orderId } = request
  if (refundIds === null) return { request, refunds: [] }
  const found = await orderById(deps, orderId)
  const all = found.ok ? found.value.refunds : []
  return { request, refunds: all.filter(({ id }) => refundIds.includes(id)) }
}

/** One request by its id. */
export async function readRefundRequest(
  deps: Pick<Deps, 'restaurants' | 'refundRequests'>,
  id: string,
): Promise<Result<FollowedRequest, Refusal>> {
  const request = await deps.refundRequests.byId(id)
  if (request === null) return refuse({ kind: 'NOT_FOUND', what: 'refund-request' })
  return ok(await followRequest(deps, request))
}
