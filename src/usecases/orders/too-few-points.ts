import { stableScope, SYSTEM } from '../../domain/actor.ts'
import type { CommandEnvelope } from '../../domain/commands.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { RestaurantHandle } from '../../restaurant/restaurant-port.ts'
import type { Deps } from '../deps.ts'

type Envelope = CommandEnvelope<'place-order'>
type PointsRefusal = Extract<Refusal, { kind: 'INSUFFICIENT_POINTS' }>

/**
 * Why an order that is to be paid by points is not even placed: its account has too few. Null also
 * where the restaurant has another answer: a refusal that topping up would not help, or a replay.
 */
export async function tooFewPoints(
  { wallets }: Pick<Deps, 'wallets'>,
  restaurant: RestaurantHandle,
  envelope: Envelope,
): Promise<PointsRefusal | null> {
  const { asker, command } = envelope
  const { paymentMethod, pointsAmount = 0, expectedTotal } = command
  if (asker.userId === null || (paymentMethod !== 'POINTS' && pointsAmount === 0)) return null
  const said = paymentMethod === 'POINTS' ? expectedTotal : pointsAmount
  const balance = await wallets.balanceOf(asker.userId)
  if (said !== null && said <= balance) return null
  const wanted = await wantedBy(restaurant, envelope)
  if (wanted === null || wanted <= balance) return null
  if (!(await takesPoints(restaurant)) || (await isPlaced(restaurant, envelope))) return null
  return { kind: 'INSUFFICIENT_POINTS', balance, wanted }
}

/** The points that the order would take; null when it would be refused for something else. */
async function wantedBy(
  restaurant: RestaurantHandle,
  { command, asker }: Envelope,
): Promise<number | null> {
  const { lines, couponCodes = [], table, expectedTotal, paymentMethod, pointsAmount = 0 } = command
  const atTable = table === null ? null : true
  const quoted = await restaurant.query<'quote-order'>({
    query: { type: 'quote-order', lines, couponCodes, atTable, locale: 'ko' },
    asker,
  })
  if (!quoted.ok) return null
  const { totalAmount: total, lines: offered, coupons, restaurant: place } = quoted.value
  if (!place.open || (expectedTotal !== null && expectedTotal !== total)) return null
  if (offered.some(({ problem }) => problem !== null)) return null
  if (coupons.some(({ applicable }) => !applicable)) return null
  if (paymentMethod === 'POINTS') return pointsAmount === 0 || pointsAmount === total ? total : null
  return pointsAmount > total ? null : pointsAmount
}

async function takesPoints(restaurant: RestaurantHandle): Promise<boolean> {
  const found = await restaurant.query<'restaurant'>({
    query: { type: 'restaurant' },
    asker: SYSTEM,
  })
  return found.ok && found.value.paymentMethods.includes('POINTS')
}

/** An order that stands under the key is answered again, whatever the wallet holds by now. */
async function isPlaced(
  restaurant: RestaurantHandle,
  { asker, idempotency }: Envelope,
): Promise<boolean> {
  if (idempotency === null) return false
  const query = {
    type: 'order-under-key',
    owner: stableScope(asker),
    key: idempotency.key,
  } as const
  const found = await restaurant.query<'order-under-key'>({ query, asker: SYSTEM })
  return !found.ok || found.value !== null
}
