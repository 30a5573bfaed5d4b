import { runInDurableObject } from 'cloudflare:test'
import type { Asker } from '../../src/domain/actor.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { Commands, CommandOutcome, CommandType } from '../../src/domain/commands.ts'
import type { Job, Report } from '../../src/domain/jobs.ts'
import type { MenuItemWithStock } from '../../src/domain/menu/menu.ts'
import type { OrderState } from '../../src/domain/order/order.ts'
import type { LookupOutcome } from '../../src/domain/payment/outcomes.ts'
import type { PaymentState } from '../../src/domain/payment/payment.ts'
import type { RestaurantSettings } from '../../src/domain/restaurant/settings.ts'
import { collectJobs } from './sent-jobs.ts'
import {
  guest,
  openRestaurantObject,
  orderOf,
  OWNER,
  withItem,
  type TestRestaurant,
} from './restaurant.ts'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A restaurant that takes money in every way there is. */
export const EVERY_WAY: Partial<RestaurantSettings> = {
  paymentMethods: ['CARD', 'VIRTUAL_ACCOUNT', 'POINTS', 'DEPOSIT', 'COUNTER'],
  depositAccount: { bank: '신한은행', accountNo: '110-123-456789', holder: '맛있는 치킨집' },
}

export const POSTPAID: Partial<RestaurantSettings> = {
  paymentPolicy: 'POSTPAID',
  paymentMethods: ['COUNTER', 'CARD'],
  tableAccess: 'OPEN',
}

type Told<T extends CommandType> = { type: T } & Commands[T]['input']
export const accept = (
  orderId: string,
  more: Partial<Commands['accept-order']['input']> = {},
): Told<'accept-order'> => ({
  type: 'accept-order',
  orderId,
  estimatedTimeMinutes: 20,
  message: null,
  unavailableLines: [],
  ...more,
})
export const reject = (
  orderId: string,
  soldOutItemIds: readonly string[] = [],
): Told<'reject-order'> => ({
  type: 'reject-order',
  orderId,
  reason: '재료 소진',
  soldOutItemIds,
})
export const cancel = (orderId: string): Told<'cancel-order'> => ({
  type: 'cancel-order',
  orderId,
  reason: null,
})
export const stocked = (
  itemId: string,
  level: number | null,
): { type: 'adjust-stock' } & Commands['adjust-stock']['input'] => ({
  type: 'adjust-stock',
  itemId,
  change: { set: level },
  reason: '아침 준비',
})

/** What the provider says of a payment when it is looked up. */
export const found = (
  payment: Pick<PaymentState, 'id' | 'amount'>,
  state: Found['state'],
  more: Partial<Found> = {},
): Found => ({
  kind: 'found',
  state,
  providerKey: providerKeyOf(payment.id),
  amount: payment.amount,
  currency: 'KRW',
  refundedAmount: 0,
  refunds: [],
  account: null,
  disputed: false,
  failure: state === 'FAILED' ? { code: 'ABORTED', message: '거절' } : null,
  ...more,
})
type Found = Extract<LookupOutcome, { kind: 'found' }>
export const providerKeyOf = (paymentId: string): string => `key-${paymentId}`

/** A restaurant with counted items, a guest, and the steps of an order's life by name. */
export async function openKitchen(settings: Partial<RestaurantSettings> = {}, level = 100) {
  const restaurant = await openRestaurantObject(settings)
  const { item } = await withItem(restaurant)
  await restaurant.done(OWNER, stocked(item.id, level))
  return { ...kitchenSteps(restaurant, item), restaurant, item }
}

export type Kitchen = Awaited<ReturnType<typeof openKitchen>>

function kitchenSteps(restaurant: TestRestaurant, item: MenuItemWithStock) {
  const { id, execute, done, rows } = restaurant
  const handed: Job[] = []
  collectJobs(restaurant.key, (message) => {
    if (message.kind === 'job') handed.push(message.job)
  })
  const minsu = guest('minsu')

  const place = async (
    asker: Asker = minsu,
    quantity = 1,
    more: Partial<Commands['place-order']['input']> = {},
  ): Promise<OrderState> => {
    // Ids sort by time: the next order is a later one.
    restaurant.passes(1)
    const { order } = await done(asker, orderOf([{ itemId: item.id, quantity }], more))
    return order
  }
  const open = (order: OrderState, asker: Asker = minsu, amount = order.totalAmount) =>
    execute(asker, {
      type: 'open-payment',
      orderId: order.id,
      viaLink: false,
      method: order.paymentMethod,
      amount,
    })
  /** The payment stands open at the provider. */
  const opened = async (
    order: OrderState,
    asker: Asker = minsu,
    amount = order.totalAmount,
  ): Promise<PaymentState> => {
    const intent = await open(order, asker, amount)
    if (!intent.ok) throw new Error(intent.refusal.kind)
    const { payment } = intent.value
    return done(SYSTEM, {
      type: 'record-opening',
      paymentId: payment.id,
      outcome: {
        kind: 'opened',
        providerKey: providerKeyOf(payment.id),
        checkoutUrl: 'https://pay.example/1',
      },
    })
  }
  const claim = (payment: PaymentState, asker: Asker = minsu) =>
    execute(asker, {
      type: 'claim-capture',
      id: payment.id,
      providerKey: providerKeyOf(payment.id),
      amount: payment.amount,
      viaLink: false,
    })
  /** The payment is claimed; gives the attempt. */
  const claimed = async (payment: PaymentState, asker: Asker = minsu): Promise<string> => {
    const outcome = await claim(payment, asker)
    if (!outcome.ok) throw new Error(outcome.refusal.kind)
    if (!outcome.value.claimed) throw new Error('captured already')
    return outcome.value.attemptId
  }
  type Outcome = Commands['settle-capture']['input']['outcome']
  const settle = (
    payment: PaymentState,
    attemptId: string,
    outcome: Outcome = { kind: 'captured', amount: payment.amount, currency: 'KRW' },
  ): Promise<CommandOutcome<'settle-capture'>> =>
    execute(SYSTEM, { type: 'settle-capture', paymentId: payment.id, attemptId, outcome })
  const report = async (told: Report): Promise<void> => {
    const { jobs } = await restaurant.stub().report(told)
    restaurant.jobs.push(...(jobs as Job[]))
  }

  return {
    minsu,
    place,
    open,
    opened,
    claim,
    claimed,
    settle,
    report,
    /** The guest has paid for the order; gives the payment. */
    paid: async (order: OrderState, asker: Asker = minsu): Promise<PaymentState> => {
      const payment = await opened(order, asker)
      await settle(payment, await claimed(payment, asker))
      return payment
    },
    lookedUp: (payment: PaymentState, outcome: LookupOutcome) =>
      report({ kind: 'looked-up', paymentId: payment.id, outcome }),
    /** Time passes, and somebody looks: what is due by then is done. */
    later: async (ms: number): Promise<void> => {
      restaurant.passes(ms)
      await restaurant.read(OWNER, { type: 'restaurant' })
    },
    /** Jobs of a kind that commands returned or alarms sent to the queue, and forgets them. */
    taken: <K extends Job['kind']>(kind: K): Extract<Job, { kind: K }>[] => {
      const all = [...restaurant.jobs.splice(0), ...handed.splice(0)]
      return all.filter((job) => job.kind === kind) as Extract<Job, { kind: K }>[]
    },
    view: (order: Pick<OrderState, 'id'>) =>
      restaurant.read(OWNER, { type: 'order', orderId: order.id }),
    stock: async () =>
      (await rows('SELECT level, reserved FROM stock WHERE item_id = ?', item.id))[0],
    agenda: (kind: string) =>
      rows('SELECT subject, due, attempt, dead FROM agenda WHERE kind = ? ORDER BY due', kind),
    /** Every row of every table. */
    everything: () => everything(restaurant),
    alarm: () => runInDurableObject(restaurant.stub(), (_, state) => state.storage.getAlarm()),
    /** Writes behind the object's back. */
    tamper: (sql: string, ...values: (string | number)[]) => rows(sql, ...values),
    restaurantId: id,
  }
}

function everything(restaurant: TestRestaurant): Promise<Record<string, unknown[]>> {
  return runInDurableObject(restaurant.stub(), (_, { storage: { sql } }) => {
    const tables = sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*'",
      )
      .toArray()
    return Object.fromEntries(
      tables.map(({ name }) => [name, sql.exec(`SELECT * FROM ${name}`).toArray()]),
    )
  })
}
