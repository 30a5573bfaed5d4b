import { SYSTEM, type Asker } from '../../src/domain/actor.ts'
import type { Commands } from '../../src/domain/commands.ts'
import type { OrderState } from '../../src/domain/order/order.ts'
import type { RestaurantSettings } from '../../src/domain/restaurant/settings.ts'
import { openKitchen, type Kitchen } from './ordering.ts'
import { OWNER, STAFF } from './restaurant.ts'

export const ACCOUNT = { bank: '신한은행', accountNo: '110-123-456789', holder: '맛있는 치킨집' }
const TAKES_DEPOSITS: Partial<RestaurantSettings> = {
  paymentMethods: ['CARD', 'DEPOSIT'],
  depositAccount: ACCOUNT,
  maxUnpaidPerGuest: 20,
}

let deliveries = 0
/** A restaurant that takes deposits, and what is told of them. */
export async function withDeposits(settings: Partial<RestaurantSettings> = {}) {
  const kitchen = await openKitchen({ ...TAKES_DEPOSITS, ...settings })
  const { restaurant, minsu } = kitchen
  const { done, execute, read } = restaurant
  const place = (payerName: string | null = '김민수', asker: Asker = minsu, quantity = 1) =>
    kitchen.place(asker, quantity, { paymentMethod: 'DEPOSIT', payerName })
  const paymentOf = async (order: Pick<OrderState, 'id'>) =>
    (await kitchen.view(order)).payments[0]!
  const note = (more: Partial<Commands['note-deposit']['input']> = {}) =>
    done(SYSTEM, {
      type: 'note-deposit',
      traceId: `trace-${(deliveries += 1)}`,
      payerName: '김민수',
      amount: 18_000,
      receivedAt: restaurant.now(),
      ...more,
    })
  const report = async (order: Pick<OrderState, 'id'>) =>
    execute(SYSTEM, {
      type: 'report-deposit',
      paymentId: (await paymentOf(order)).id,
      amount: null,
    })
  const assign = (depositId: string, orderId: string) =>
    execute(STAFF, { type: 'assign-deposit', depositId, orderId })
  const giveBack = (depositId: string) =>
    execute(STAFF, { type: 'return-deposit', depositId, method: 'TRANSFER', note: '이체 1' })
  const all = () => read(OWNER, { type: 'deposits', status: null, limit: 100, beforeId: null })
  const moneyOf = async (order: Pick<OrderState, 'id'>) => {
    const { status, paymentStatus, capturedAmount } = (await kitchen.view(order)).order
    return [status, paymentStatus, capturedAmount]
  }
  return {
    ...kitchen,
    kitchen,
    place,
    paymentOf,
    note,
    report,
    assign,
    giveBack,
    all,
    moneyOf,
  }
}

/** How often the board heard that nobody knows what money is for. */
export const alarms = async ({ restaurant }: Pick<Kitchen, 'restaurant'>) =>
  (await restaurant.events()).filter(({ type }) => type === 'DEPOSIT_UNMATCHED').length
