import { SYSTEM } from '../../../src/domain/actor.ts'
import type { RefundState } from '../../../src/domain/payment/payment.ts'
import { OWNER } from '../restaurant.ts'
import { anyOrder, anyPayment, kindOf } from './picking.ts'
import type { World } from './world.ts'

const PARTS = [null, null, 500, 2_000, 10_000]

/** Staff take money at the counter: all of it, a part, or more than is due. */
export async function settle(world: World): Promise<string> {
  const order = anyOrder(world)
  if (order === undefined) return 'none'
  const { dice, restaurant, tablets } = world
  const answer = await restaurant.execute(dice.pick(tablets), {
    type: 'settle-order',
    orderId: order.id,
    amount: dice.pick(PARTS),
    by: dice.pick(['CASH', 'CARD_TERMINAL'] as const),
    note: null,
  })
  return kindOf(answer)
}

/** A guest's transfer arrives, perhaps long after anybody waits for it. */
export async function transfer(world: World): Promise<string> {
  const payment = anyPayment(
    world,
    ({ provider, status }) => provider === 'deposit' && status === 'AWAITING',
  )
  if (payment?.provider !== 'deposit' || payment.status === 'CAPTURED') return 'none'
  world.provider.arrive(payment)
  const deliver = () =>
    world.restaurant.execute(SYSTEM, {
      type: 'report-deposit',
      paymentId: payment.id,
      amount: world.dice.chance(0.5) ? payment.amount : null,
    })
  if (world.dice.chance(0.3))
    world.inFlight.push({ label: 'deposit told late', deliver, sure: true })
  else await deliver()
  return payment.status
}

/** People pay back at the provider's own desk; a webhook says that something happened. */
export async function desk(world: World): Promise<string> {
  const { provider, restaurant, givenBack } = world
  const payment = anyPayment(world, ({ status }) => status === 'CAPTURED')
  if (payment?.provider !== 'toss' || payment.status !== 'CAPTURED') return 'none'
  const { id: paymentId, orderId } = payment
  // They look first: what is paid back by hand is not paid back again.
  if (refundsOf(world, paymentId).some(({ status, proof }) => status === 'DUE' || proof !== null))
    return 'by hand'
  provider.deskRefund(paymentId)
  givenBack.set(orderId, (givenBack.get(orderId) ?? 0) + 1)
  const deliver = () =>
    restaurant.execute(SYSTEM, { type: 'note-webhook', paymentId, providerKey: null })
  if (world.dice.chance(0.5)) world.inFlight.push({ label: 'desk told late', deliver, sure: true })
  else await deliver()
  return 'ok'
}

const refundsOf = ({ before }: World, paymentId: string): RefundState[] =>
  before!.orders.flatMap(({ refunds }) => refunds.filter((one) => one.paymentId === paymentId))

/** What is due to people is paid by hand, or tried by the machine once more. */
export async function closeRefund(world: World): Promise<string> {
  const { dice, restaurant, provider } = world
  const due = world.before!.orders.flatMap(({ refunds }) =>
    refunds.filter(({ status }) => status === 'DUE'),
  )
  if (due.length === 0) return 'none'
  const { id: refundId, orderId, paymentId } = dice.pick(due)
  if (dice.chance(0.4)) {
    const retry = { type: 'retry-refund', orderId, refundId, sealedAccount: null } as const
    return `retry ${kindOf(await restaurant.execute(OWNER, retry))}`
  }
  // They look at the provider's desk first.
  if (!provider.isSquare(paymentId, refundsOf(world, paymentId))) return 'unsure'
  const record = { type: 'record-refund', orderId, refundId, method: 'CASH', note: '1' } as const
  return `record ${kindOf(await restaurant.execute(OWNER, record))}`
}

/** Portions of a line go back. */
export async function giveBackLine(world: World): Promise<string> {
  const { dice, restaurant, givenBack } = world
  const order = anyOrder(world)
  if (order === undefined) return 'none'
  const line = dice.pick(order.lines)
  const answer = await restaurant.execute(OWNER, {
    type: 'request-refund',
    orderId: order.id,
    amount: null,
    lines: [{ lineId: line.id, quantity: 1 + dice.below(2) }],
    reason: 'GOODWILL',
  })
  if (answer.ok) givenBack.set(order.id, (givenBack.get(order.id) ?? 0) + 1)
  return kindOf(answer)
}
