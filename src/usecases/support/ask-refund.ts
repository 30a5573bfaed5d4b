import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import { wantedRefund, type RefundWish } from '../../domain/payment/refund-wish.ts'
import { refundableOfAll } from '../../domain/payment/refunding.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import {
  LOOK_BACK_MS,
  ruleOnRefund,
  type EarlierRequests,
} from '../../domain/support/refund-policy.ts'
import type { RefundRequest } from '../../domain/support/refund-request.ts'
import { auditOf } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import { activityOf, type Agent } from './activity-of.ts'
import { orderById } from './find-order.ts'
import { FIRST_LOOK_MS, settleRefundRequest, type SettlingDeps } from './settle-refund-request.ts'

export interface RefundAsk extends Required<Pick<RefundWish, 'amount' | 'lines'>> {
  orderId: string
  reason: string
  idempotency: { key: string; fingerprint: string }
}

type AskingDeps = SettlingDeps & Pick<Deps, 'supportCustomers' | 'platformSettings' | 'toTheEnd'>
type Asked = Result<RefundRequest, Refusal> & { replayed?: boolean }

/** How often other requests may come between ruling and writing. */
const MOST_TRIES = 5

/**
 * Asks for a refund of an order: the policy refuses it, has it wait for a second person, or approves
 * it, and then it is carried out at once. A repeat under the same key says how it stands.
 */
export function askRefund(deps: AskingDeps, agent: Agent, ask: RefundAsk): Promise<Asked> {
  return deps.toTheEnd(async () => {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const seen = await deps.refundRequests.byKey(agent.userId, ask.idempotency.key)
      if (seen !== null)
        return seen.fingerprint === ask.idempotency.fingerprint
          ? { ...ok(await settleRefundRequest(deps, seen.request)), replayed: true }
          : refuse({ kind: 'IDEMPOTENCY_KEY_REUSED' })
      const open = await deps.refundRequests.openOf(ask.orderId)
      if (open !== null) return refuse({ kind: 'REFUND_REQUEST_OPEN', requestId: open.id })
      const planned = await plan(deps, agent, ask)
      if (!planned.ok) return planned
      if (await enter(deps, agent, ask, planned.value))
        return ok(await settleRefundRequest(deps, planned.value.request))
    }
    return refuse({ kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: 1 })
  })
}

interface Planned {
  request: RefundRequest
  seen: EarlierRequests & { since: number }
}

async function plan(
  deps: AskingDeps,
  agent: Agent,
  { orderId, amount, lines, reason }: RefundAsk,
): Promise<Result<Planned, Refusal>> {
  const found = await orderById(deps, orderId)
  if (!found.ok) return found
  const { order, payments, refunds, restaurant } = found.value
  const wanted = wantedRefund(order, { amount, lines }, refundableOfAll(payments, refunds))
  if (!wanted.ok) return wanted
  const now = deps.now()
  const { userId, currency, placedAt } = order
  const since = now - LOOK_BACK_MS
  const [settings, customer, earlier] = await Promise.all([
    deps.platformSettings.known(),
    userId === null ? null : deps.supportCustomers.byId(userId),
    deps.refundRequests.earlier({ orderId, userId, since }),
  ])
  const own = userId === agent.userId
  const customerErased = customer !== null && customer.erasedAt !== null
  const asked = { sum: wanted.value, currency, placedAt, own, customerErased, earlier }
  const { state, policy } = ruleOnRefund(asked, settings, now)
  const request: RefundRequest = {
    id: mintTimedId(PLATFORM_KEY, now, deps.random),
    orderId,
    restaurantId: restaurant.id,
    userId,
    state,
    amount,
    lines,
    sum: wanted.value,
    currency,
    reason,
    policy,
    requestedBy: agent.userId,
    requestedAt: now,
    decidedBy: null,
    decidedAt: null,
    decisionNote: null,
    refundIds: null,
    failure: null,
    lookAt: state === 'APPROVED' ? now + FIRST_LOOK_MS : null,
  }
  return ok({ request, seen: { ...earlier, since } })
}

function enter(
  deps: AskingDeps,
  agent: Agent,
  { idempotency, reason }: RefundAsk,
  { request, seen }: Planned,
): Promise<boolean> {
  const { id, orderId, restaurantId, userId: customerId, state, policy, sum } = request
  const { key: idempotencyKey, fingerprint } = idempotency
  return deps.refundRequests.insert(request, { idempotencyKey, fingerprint }, seen, {
    audit: auditOf(deps, agent, {
      action: 'refund-requested',
      subject: 'refund-request',
      subjectId: id,
      restaurantId,
      changes: {
        state: { from: null, to: state },
        policy: { from: null, to: policy },
        sum: { from: null, to: sum },
      },
    }),
    activity: activityOf(deps, agent, 'refund-requested', {
      customerId,
      orderId,
      reason,
      details: { request_id: id, state, policy },
    }),
  })
}
