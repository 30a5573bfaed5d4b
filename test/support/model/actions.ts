import { SYSTEM, type Asker } from '../../../src/domain/actor.ts'
import type { OrderStatus } from '../../../src/domain/order/order.ts'
import type { PaymentState } from '../../../src/domain/payment/payment.ts'
import { amountDue } from '../../../src/domain/payment/refunding.ts'
import { accept, cancel, DAY, HOUR, MINUTE, providerKeyOf, reject, SECOND } from '../ordering.ts'
import { orderOf, OWNER } from '../restaurant.ts'
import { placingIsWelcome, sameAnswer, samePlacing } from './expectations.ts'
import { run } from './jobs.ts'
import { closeRefund, desk, giveBackLine, settle, transfer } from './money-actions.ts'
import { anyOrder, anyPayment, guestOf, kindOf, mostly, send } from './picking.ts'
import type { World } from './world.ts'

async function place(world: World): Promise<string> {
  const { dice, restaurant, items, guests, placings } = world
  const asker = dice.pick(guests)
  const lines = Array.from({ length: 1 + dice.below(3) }, () => ({
    itemId: dice.pick(items),
    quantity: 1 + dice.below(2),
  }))
  const command = orderOf(lines, { ...wayToPay(world, asker), ...besideTheLines(world) })
  const key = `key-${placings.length}`
  const welcome = placingIsWelcome(await world.snapshot(), world, asker, lines)
  const answer = await restaurant.execute(asker, command, { key, fingerprint: 'f' })
  if (answer.ok !== welcome)
    throw new Error(`placing was ${kindOf(answer)}, expected ${welcome ? 'ok' : 'a refusal'}`)
  if (answer.ok) placings.push({ asker, command, key, answer: answer.value })
  return kindOf(answer)
}

/** Members pay a part or all by points now and then; some transfer the money. */
function wayToPay({ dice, prepaid }: World, asker: Asker): Parameters<typeof orderOf>[1] {
  const methods = prepaid
    ? (['CARD', 'DEPOSIT'] as const)
    : (['CARD', 'DEPOSIT', 'COUNTER'] as const)
  const paymentMethod = dice.chance(0.7) ? 'CARD' : dice.pick(methods)
  if (asker.userId === null || dice.chance(0.6)) return { paymentMethod }
  // The cheapest dish costs 1,000, or some less with a coupon.
  return dice.chance(0.3)
    ? { paymentMethod: 'POINTS' }
    : { paymentMethod, pointsAmount: dice.pick([500, 900]) }
}

/** Where there are fees: at the table or away, with the coupon or without. */
function besideTheLines({ dice, charging }: World): Parameters<typeof orderOf>[1] {
  if (!charging) return {}
  return {
    table: dice.chance(0.5) ? { name: 'A1' } : null,
    couponCodes: dice.chance(0.6) ? ['SEVEN'] : [],
  }
}

async function placeAgain(world: World): Promise<string> {
  const { dice, restaurant, placings } = world
  if (placings.length === 0) return 'none'
  const { asker, command, key, answer } = dice.pick(placings)
  const other = dice.chance(0.2)
  const fingerprint = other ? 'another body' : 'f'
  const outcome = await restaurant.execute(asker, command, { key, fingerprint })
  if (other) {
    if (kindOf(outcome) !== 'IDEMPOTENCY_KEY_REUSED') throw new Error('another body was taken')
  } else samePlacing(outcome, answer)
  return other ? 'other' : 'same'
}

async function pay(world: World): Promise<string> {
  const { restaurant, provider } = world
  const order = anyOrder(world)
  if (order === undefined) return 'none'
  const opened = await restaurant.execute(guestOf(world, order), {
    type: 'open-payment',
    orderId: order.id,
    amount: amountDue(
      order,
      world.before!.orders.find((view) => view.order.id === order.id)!.payments,
    ),
    method: order.paymentMethod,
    viaLink: false,
  })
  if (!opened.ok || !opened.value.fresh) return kindOf(opened)
  const { payment } = opened.value
  const outcome = provider.open(payment)
  await send(world, 'opening', () =>
    restaurant.execute(SYSTEM, { type: 'record-opening', paymentId: payment.id, outcome }),
  )
  return outcome.kind
}

async function confirm(world: World): Promise<string> {
  const { restaurant, provider, dice } = world
  const payment = anyPayment(world, ({ status }) => status === 'READY')
  if (payment?.provider !== 'toss') return 'none'
  if (dice.chance(0.8)) provider.authenticate(payment.id)
  const claim = await restaurant.execute(dice.pick(world.guests), {
    type: 'claim-capture',
    id: payment.id,
    providerKey: providerKeyOf(payment.id),
    amount: payment.amount,
    viaLink: true,
  })
  if (!claim.ok || !claim.value.claimed) return kindOf(claim)
  const { attemptId } = claim.value
  // Cut before the provider was asked.
  if (dice.chance(0.1)) return 'cut'
  if (dice.chance(0.2)) {
    world.inFlight.push({
      label: 'late money',
      deliver: () => lateMoney(world, payment),
      sure: true,
    })
    return 'slow'
  }
  const outcome = provider.capture(payment)
  await send(world, 'capture', () =>
    restaurant.execute(SYSTEM, {
      type: 'settle-capture',
      paymentId: payment.id,
      attemptId,
      outcome,
    }),
  )
  return outcome.kind
}

/** Nobody waits for it any more; a webhook tells. */
function lateMoney({ provider, restaurant }: World, { id: paymentId }: PaymentState) {
  provider.captureLate(paymentId)
  return restaurant.execute(SYSTEM, { type: 'note-webhook', paymentId, providerKey: null })
}

async function webhook(world: World): Promise<string> {
  const payment = anyPayment(world)
  if (payment === undefined) return 'none'
  await send(world, 'webhook', () =>
    world.restaurant.execute(SYSTEM, {
      type: 'note-webhook',
      paymentId: payment.id,
      providerKey: world.dice.chance(0.5) ? providerKeyOf(payment.id) : null,
    }),
  )
  return payment.status
}

async function work(world: World): Promise<string> {
  const waiting = world.jobsWaiting()
  const job = mostly(world, waiting, ({ kind }) => kind !== 'publish')
  if (job === undefined) return 'none'
  waiting.splice(waiting.indexOf(job), 1)
  if (world.dice.chance(0.1)) return `${job.kind} lost`
  if (world.dice.chance(0.1)) waiting.push(job)
  await run(world, job, send)
  return job.kind
}

async function arrive(world: World): Promise<string> {
  const message = world.dice.draw(world.inFlight)
  await message?.deliver()
  return message?.label ?? 'none'
}

const STEPS = ['accept', 'reject', 'ready', 'complete', 'acknowledge'] as const
const NEXT_STEP: Partial<Record<OrderStatus, (typeof STEPS)[number]>> = {
  PENDING: 'accept',
  ACCEPTED: 'ready',
  READY: 'complete',
}

async function cook(world: World): Promise<string> {
  const { dice, restaurant, tablets, accepts } = world
  const order = anyOrder(world)
  if (order === undefined) return 'none'
  const asker = dice.pick(tablets)
  const orderId = order.id
  const natural = NEXT_STEP[order.status] ?? 'acknowledge'
  switch (dice.chance(0.6) ? natural : dice.pick(STEPS)) {
    case 'accept': {
      const lines = order.lines.filter((line) => line.quantity > 1 && dice.chance(0.5))
      const unavailableLines = lines.map((line) => ({ lineId: line.id, quantity: 1 }))
      const command = accept(orderId, { unavailableLines })
      const key = `accept-${accepts.length}`
      const answer = await restaurant.execute(asker, command, { key, fingerprint: 'f' })
      if (answer.ok)
        accepts.push({ asker, command, key, answer: answer.value, at: restaurant.now() })
      return `accept ${kindOf(answer)}`
    }
    case 'reject': {
      const command = reject(orderId, dice.chance(0.2) ? [dice.pick(world.items)] : [])
      return `reject ${kindOf(await restaurant.execute(asker, command))}`
    }
    case 'ready':
      return `ready ${kindOf(await restaurant.execute(asker, { type: 'ready-order', orderId }))}`
    case 'complete':
      return `complete ${kindOf(await restaurant.execute(asker, { type: 'complete-order', orderId }))}`
    case 'acknowledge':
      return `seen ${kindOf(await restaurant.execute(asker, { type: 'acknowledge-order', orderId }))}`
  }
}

async function acceptAgain({ dice, restaurant, accepts }: World): Promise<string> {
  // Answers of the tablets are kept for three days; those of guests who ordered for ever.
  const kept = accepts.filter(({ at }) => restaurant.now() - at < 3 * DAY)
  if (kept.length === 0) return 'none'
  const { asker, command, key, answer } = dice.pick(kept)
  sameAnswer(await restaurant.execute(asker, command as never, { key, fingerprint: 'f' }), answer)
  return 'same'
}

async function takeBack(world: World): Promise<string> {
  const order = anyOrder(world)
  if (order === undefined) return 'none'
  return kindOf(await world.restaurant.execute(guestOf(world, order), cancel(order.id)))
}

async function giveBack(world: World): Promise<string> {
  const order = anyOrder(world)
  if (order === undefined) return 'none'
  const amount = world.dice.chance(0.4) ? null : 1_000
  const { restaurant, dice, tablets, givenBack } = world
  const answer = await restaurant.execute(dice.pick(tablets), {
    type: 'request-refund',
    orderId: order.id,
    amount,
    reason: 'GOODWILL',
  })
  if (answer.ok) givenBack.set(order.id, (givenBack.get(order.id) ?? 0) + 1)
  return kindOf(answer)
}

async function restock(world: World): Promise<string> {
  const { dice, restaurant, items, supplied } = world
  const itemId = dice.pick(items.slice(0, 2))
  if (dice.chance(0.2)) {
    const command = {
      type: 'mark-sold-out',
      itemId,
      soldOut: dice.chance(0.5),
      until: null,
    } as const
    return `sold out ${kindOf(await restaurant.execute(OWNER, command))}`
  }
  const delta = dice.below(8) - 3
  const answer = await restaurant.execute(OWNER, {
    type: 'adjust-stock',
    itemId,
    change: { delta },
    reason: '실사',
  })
  if (answer.ok) supplied.set(itemId, (supplied.get(itemId) ?? 0) + delta)
  return kindOf(answer)
}

/** Waits and how often each comes; the longest passes into another business day. */
const WAITS: Record<string, number> = {
  [500]: 4,
  [2 * SECOND]: 6,
  [16 * SECOND]: 6,
  [31 * SECOND]: 6,
  [MINUTE]: 6,
  [10 * MINUTE]: 3,
  [41 * MINUTE]: 1,
  [3 * HOUR]: 0.5,
  [26 * HOUR]: 0.5,
}

function wait({ dice, restaurant }: World): Promise<string> {
  const ms = Number(dice.weighted(WAITS))
  restaurant.passes(ms)
  return Promise.resolve(`${ms} ms`)
}

const ring = async ({ restaurant }: World): Promise<string> =>
  (await restaurant.ringAlarm()) ? 'rang' : 'silent'

const evict = async ({ restaurant }: World): Promise<string> => {
  await restaurant.evict()
  return ''
}

const ACTIONS = {
  place,
  placeAgain,
  pay,
  confirm,
  webhook,
  work,
  arrive,
  cook,
  acceptAgain,
  takeBack,
  giveBack,
  giveBackLine,
  settle,
  transfer,
  desk,
  closeRefund,
  restock,
  wait,
  ring,
  evict,
}
const WEIGHTS: Record<keyof typeof ACTIONS, number> = {
  place: 12,
  placeAgain: 4,
  pay: 12,
  confirm: 18,
  webhook: 3,
  work: 16,
  arrive: 6,
  cook: 14,
  acceptAgain: 2,
  takeBack: 3,
  giveBack: 3,
  giveBackLine: 2,
  settle: 4,
  transfer: 5,
  desk: 1,
  closeRefund: 3,
  restock: 4,
  wait: 14,
  ring: 4,
  evict: 3,
}

/** One random thing happens; its name and outcome go into the log. */
export async function act(world: World): Promise<void> {
  const name = world.dice.weighted(WEIGHTS)
  // Ids sort by time: what happens later has a later one.
  world.restaurant.passes(1)
  world.log.push(name)
  const result = await ACTIONS[name](world)
  world.log.splice(-1, 1, `${name}: ${result}`)
}
