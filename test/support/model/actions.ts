import { SYSTEM, type Asker } from '../../../src/domain/actor.ts'
import type { CommandOutcome } from '../../../src/domain/commands.ts'
import type { Job } from '../../../src/domain/jobs.ts'
import { isOpen } from '../../../src/domain/order/lifecycle.ts'
import type { OrderState, OrderStatus } from '../../../src/domain/order/order.ts'
import { isLive } from '../../../src/domain/payment/machine.ts'
import type { PaymentState } from '../../../src/domain/payment/payment.ts'
import { accept, cancel, DAY, HOUR, MINUTE, providerKeyOf, reject, SECOND } from '../ordering.ts'
import { orderOf, OWNER } from '../restaurant.ts'
import { placingIsWelcome, sameAnswer } from './expectations.ts'
import type { World } from './world.ts'

/** Mostly something that is still going on; sometimes what is over. */
const mostly = <T>(
  { dice }: World,
  all: readonly T[],
  going: (one: T) => boolean,
): T | undefined => {
  const open = all.filter(going)
  const from = open.length > 0 && dice.chance(0.85) ? open : all
  return from.length === 0 ? undefined : dice.pick(from)
}
const anyOrder = (world: World): OrderState | undefined =>
  mostly(
    world,
    world.before!.orders.slice(-8).map((view) => view.order),
    (order) => isOpen(order.status),
  )
const anyPayment = (
  world: World,
  going: (payment: PaymentState) => boolean = isLive,
): PaymentState | undefined =>
  mostly(
    world,
    world.before!.orders.slice(-8).flatMap((view) => view.payments),
    going,
  )
/** Mostly whose order it is; sometimes somebody else. */
const guestOf = ({ dice, guests }: World, order: OrderState): Asker =>
  dice.chance(0.9)
    ? (guests.find((one) => one.sessionId === order.sessionId) ?? guests[0]!)
    : dice.pick(guests)

const kindOf = (outcome: CommandOutcome): string => (outcome.ok ? 'ok' : outcome.refusal.kind)

/** It may come at once, later, or never; and then perhaps again. */
async function send(world: World, label: string, deliver: () => Promise<unknown>): Promise<void> {
  const { dice, inFlight } = world
  if (dice.chance(0.15)) return
  if (dice.chance(0.3)) inFlight.push({ label, deliver })
  else {
    await deliver()
    if (dice.chance(0.15)) inFlight.push({ label: `${label} again`, deliver })
  }
}

async function place(world: World): Promise<string> {
  const { dice, restaurant, items, guests, placings } = world
  const asker = dice.pick(guests)
  const lines = Array.from({ length: 1 + dice.below(3) }, () => ({
    itemId: dice.pick(items),
    quantity: 1 + dice.below(2),
  }))
  const command = orderOf(lines, { paymentMethod: 'CARD' })
  const key = `key-${placings.length}`
  const welcome = placingIsWelcome(await world.snapshot(), world, asker, lines)
  const answer = await restaurant.execute(asker, command, { key, fingerprint: 'f' })
  if (answer.ok !== welcome)
    throw new Error(`placing was ${kindOf(answer)}, expected ${welcome ? 'ok' : 'a refusal'}`)
  if (answer.ok) placings.push({ asker, command, key, answer: answer.value })
  return kindOf(answer)
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
  } else sameAnswer(outcome, answer)
  return other ? 'other' : 'same'
}

async function pay(world: World): Promise<string> {
  const { restaurant, provider } = world
  const order = anyOrder(world)
  if (order === undefined) return 'none'
  const opened = await restaurant.execute(guestOf(world, order), {
    type: 'open-payment',
    orderId: order.id,
    amount: order.totalAmount,
    method: 'CARD',
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
  if (payment === undefined) return 'none'
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

/** Does a job as the Worker would. */
export async function run(world: World, job: Job, tell: typeof send): Promise<void> {
  const { provider, projected } = world
  switch (job.kind) {
    case 'publish': {
      const seqs = job.events.map(({ seq }) => seq)
      for (const seq of seqs) projected.add(seq)
      return tell(world, 'published', () =>
        world.report({ kind: 'published', epoch: 1, fromSeq: seqs[0]!, toSeq: seqs.at(-1)! }),
      )
    }
    case 'look-up': {
      const outcome = provider.lookUp(job.paymentId)
      return tell(world, 'look-up', () =>
        world.report({ kind: 'looked-up', paymentId: job.paymentId, outcome }),
      )
    }
    case 'refund': {
      const { refundId, attempt } = job
      const outcome = provider.refund(job)
      return tell(world, 'refund', () =>
        world.report({ kind: 'refunded', refundId, attempt, outcome }),
      )
    }
    case 'notify': {
      const { sink, notice } = job
      const orderIds = notice.orders.map(({ id }) => id)
      return tell(world, 'notify', () =>
        world.report({ kind: 'notified', sink, orderIds, outcome: { kind: 'sent' } }),
      )
    }
  }
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
