import type { RequestKey, Versioned } from '../../db/repositories/wallet-ports.ts'
import type { Actor } from '../../domain/actor.ts'
import type { AuditEntry } from '../../domain/audit.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import { OPENING_LEASE_MS } from '../../domain/payment/opening.ts'
import type { OpenOutcome } from '../../domain/payment/outcomes.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import {
  chargeAfter,
  newCharge,
  PROVIDER_OF_CHARGE,
  type ChargeState,
} from '../../domain/wallet/charge.ts'
import { auditOf } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import { UNEXPLAINED } from '../payments/unexplained.ts'
import { whoCharges } from './who-charges.ts'
import { moveCharge } from './move-charge.ts'
import { newEntryId } from './wallet-provider.ts'

export interface ChargeWish {
  /** Whose points. */
  userId: string
  actor: Actor
  traceId: string | null
  amount: number
  /** Null: as the deployment does it, by card or at once without money. */
  method: 'CARD' | 'CASH' | null
  /** The restaurant that the caller named, for cash. */
  restaurantId: string | null
  idempotency: { key: string; fingerprint: string }
  /** Where the provider sends the browser back to. */
  returnUrls: { success: string; fail: string }
}

type Charged = Result<ChargeState, Refusal> & { replayed?: boolean }

const PROVIDER_RETRY_SECONDS = 2

/**
 * Buys points for an account: by card on the provider's page, for cash that staff took, or at once
 * where the deployment gives them. The charge is written first, then the provider asked; a repeat under
 * the same key goes on where this stopped.
 */
export async function chargePoints(deps: Deps, wish: ChargeWish): Promise<Charged> {
  const who = await whoCharges(deps, wish)
  if (!who.ok) return who
  const { method, askedBy, restaurantId } = who.value
  const { key: idempotencyKey, fingerprint } = wish.idempotency
  return deps.toTheEnd(async () => {
    const { userId, amount } = wish
    const supply = { id: mintTimedId(PLATFORM_KEY, deps.now(), deps.random), now: deps.now() }
    const charge = newCharge({ userId, amount, method, askedBy, restaurantId }, supply)
    const audit =
      method !== 'CASH'
        ? null
        : auditOf(
            deps,
            { ...wish.actor, traceId: wish.traceId },
            {
              ...{ action: 'points-taken-cash', subject: 'points-charge', subjectId: charge.id },
              ...{
                restaurantId,
                changes: { user: { from: null, to: userId }, amount: { from: 0, to: amount } },
              },
            },
          )
    const written = await write(deps, charge, { idempotencyKey, fingerprint }, audit)
    if (!written.ok) return written
    const { present, replayed } = written.value
    const opened = await open(deps, present, wish, !replayed)
    return opened.ok ? { ...answerOf(opened.value), replayed } : opened
  })
}

async function write(
  deps: Deps,
  charge: ChargeState,
  key: RequestKey,
  audit: AuditEntry | null,
): Promise<Result<{ present: Versioned<ChargeState>; replayed: boolean }, Refusal>> {
  const seen = await deps.charges.byKey(charge.askedBy, key.idempotencyKey)
  if (seen === null && (await deps.charges.insert(charge, key, newEntryId(deps), audit)))
    return ok({ present: { state: charge, version: 1 }, replayed: false })
  const present = seen ?? (await deps.charges.byKey(charge.askedBy, key.idempotencyKey))
  if (present === null) throw new Error(`charge ${charge.id} was neither written nor found`)
  return present.fingerprint === key.fingerprint
    ? ok({ present, replayed: true })
    : refuse({ kind: 'IDEMPOTENCY_KEY_REUSED' })
}

/** Asks the provider for its page, where nobody is doing so already. */
async function open(
  deps: Deps,
  found: Versioned<ChargeState>,
  wish: ChargeWish,
  fresh: boolean,
): Promise<Result<ChargeState, Refusal>> {
  const provider = PROVIDER_OF_CHARGE[found.state.method]
  if (provider === null || found.state.payment.status !== 'OPENING') return ok(found.state)
  const left = (found.state.payment.leaseUntil ?? 0) - deps.now()
  if (!fresh && left > 0)
    return refuse({
      kind: 'IDEMPOTENCY_IN_PROGRESS',
      retryAfterSeconds: Math.ceil(left / 1000),
    })
  const leased = fresh ? found : await moveCharge(deps, found, (state) => lease(state, deps.now()))
  const { id, payment, userId } = leased.state
  const { success, fail } = wish.returnUrls
  const adapter = await deps.provider(provider, id)
  const outcome = await adapter.open({
    paymentId: id,
    orderId: id,
    orderName: '포인트 충전',
    amount: payment.amount,
    currency: payment.currency,
    method: payment.method,
    successUrl: success,
    failUrl: fail,
    expiresAt: payment.expiresAt,
    payerName: null,
    userId,
  })
  const moved = await moveCharge(deps, leased, (state) => afterOpening(state, outcome, deps.now()))
  return ok(moved.state)
}

const lease = (charge: ChargeState, now: number): ChargeState | null =>
  charge.payment.status === 'OPENING'
    ? { ...charge, payment: { ...charge.payment, leaseUntil: now + OPENING_LEASE_MS } }
    : null

function afterOpening(charge: ChargeState, outcome: OpenOutcome, now: number): ChargeState | null {
  if (outcome.kind === 'unknown')
    // Nobody is asking any more: a repeat may at once.
    return charge.payment.status === 'OPENING'
      ? { ...charge, payment: { ...charge.payment, leaseUntil: now } }
      : null
  if (outcome.kind === 'refused')
    return chargeAfter(
      charge,
      { event: 'open-refused', changes: { failure: outcome.failure } },
      now,
    )
  const { providerKey, checkoutUrl } = outcome
  return chargeAfter(charge, { event: 'opened', changes: { providerKey, checkoutUrl } }, now)
}

function answerOf(charge: ChargeState): Result<ChargeState, Refusal> {
  const { status, failure } = charge.payment
  if (status === 'OPENING')
    return refuse({ kind: 'PAYMENT_PROVIDER_FAILED', retryAfterSeconds: PROVIDER_RETRY_SECONDS })
  if (status === 'FAILED' && charge.payment.providerKey === null)
    return refuse({ kind: 'PAYMENT_REFUSED', ...(failure ?? UNEXPLAINED) })
  return ok(charge)
}
