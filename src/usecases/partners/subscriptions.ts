import type { PartnerSubscription } from '../../db/repositories/partner-ports.ts'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import type { FieldError, Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { auditOf } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import { findPartner, livePartner } from './live-partner.ts'
import { noteChange, type By } from './note-change.ts'

type SubscriptionDeps = Pick<Deps, 'partners' | 'partnerSubscriptions' | 'random' | 'now' | 'log'>
export type SubscriptionWish = Pick<PartnerSubscription, 'restaurantId' | 'types'>

const MAX_SUBSCRIPTIONS = 500

/** Lets the partner see a restaurant's events, or all restaurants'. The same again is the same. */
export async function subscribePartner(
  deps: SubscriptionDeps,
  partnerId: string,
  { restaurantId, types }: SubscriptionWish,
  by: By,
): Promise<Result<PartnerSubscription, Refusal>> {
  const live = await livePartner(deps, partnerId)
  if (!live.ok) return live
  const standing = await deps.partnerSubscriptions.of(partnerId)
  if (standing.length >= MAX_SUBSCRIPTIONS)
    return invalid({ field: 'restaurant_id', reason: 'too_many_subscriptions' })
  if (restaurantId !== null && !(await deps.partnerSubscriptions.restaurantExists(restaurantId)))
    return invalid({ field: 'restaurant_id', reason: 'unknown_restaurant' })
  const wanted = {
    id: mintAccountId(deps.random),
    partnerId,
    restaurantId,
    types: types && [...new Set(types)].toSorted(),
    createdAt: deps.now(),
    endedAt: null,
  }
  const audit = auditOf(deps, by, {
    ...{ action: 'partner-subscribed', subject: 'partner-subscription', subjectId: wanted.id },
    restaurantId,
    changes: { partner: { from: null, to: partnerId }, types: { from: null, to: wanted.types } },
  })
  const stored = await deps.partnerSubscriptions.add(wanted, audit)
  noteChange(deps, 'partner-subscribed', { partnerId, subscriptionId: stored.id }, by)
  return ok(stored)
}

const invalid = (error: FieldError): Result<never, Refusal> =>
  refuse({ kind: 'INVALID', errors: [error] })

/** What the partner may see. */
export async function listSubscriptions(
  deps: Pick<Deps, 'partners' | 'partnerSubscriptions'>,
  partnerId: string,
): Promise<Result<readonly PartnerSubscription[], Refusal>> {
  const found = await findPartner(deps, partnerId)
  return found.ok ? ok(await deps.partnerSubscriptions.of(partnerId)) : found
}

/** From the next request on the partner no longer sees it; what is on its way to it goes out. */
export async function endSubscription(
  deps: SubscriptionDeps,
  partnerId: string,
  id: string,
  by: By,
): Promise<Result<PartnerSubscription, Refusal>> {
  const audit = auditOf(deps, by, {
    ...{ action: 'partner-subscription-ended', subject: 'partner-subscription', subjectId: id },
    changes: { partner: { from: partnerId, to: partnerId } },
  })
  const ended = await deps.partnerSubscriptions.end(partnerId, id, deps.now(), audit)
  if (ended === null) return refuse({ kind: 'NOT_FOUND', what: 'subscription' })
  noteChange(deps, 'partner-subscription-ended', { partnerId, subscriptionId: id }, by)
  return ok(ended)
}
