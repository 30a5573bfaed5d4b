import { describe, expect, it } from 'vitest'
import type { Evidence, Feed, FeedMessage, SeenOrder } from '../../scripts/crash/evidence.ts'
import { checkAll } from '../../scripts/crash/invariants.ts'
import type { OrderJson, ProviderPaymentJson } from '../../scripts/lib/shapes.ts'

const order = (changes: Partial<OrderJson> = {}): OrderJson => ({
  order_id: 'o1',
  order_number: 'A001',
  business_day: '2026-11-20',
  status: 'COMPLETED',
  payment_status: 'PAID',
  total_amount: 18_000,
  captured_amount: 18_000,
  refunded_amount: 0,
  refund_due_amount: 0,
  items: [
    {
      menu_id: 'm1',
      name: '치즈볼',
      options: [],
      quantity: 2,
      unavailable_quantity: 0,
      total: 18_000,
    },
  ],
  message: null,
  estimated_ready_at: null,
  acknowledged_at: null,
  rings: false,
  allowed_actions: [],
  ...changes,
})

const seen = (changes: Partial<OrderJson> = {}, paymentIds = ['p1']): SeenOrder => ({
  order: order(changes),
  paymentIds,
})

const payment = (changes: Partial<ProviderPaymentJson> = {}): ProviderPaymentJson => ({
  paymentKey: 'k1',
  orderId: 'p1',
  orderName: '주문 #A001',
  status: 'DONE',
  totalAmount: 18_000,
  balanceAmount: 18_000,
  approvedAt: '2026-11-20T12:00:00+09:00',
  ...changes,
})

const message = (seq: number, changes: Partial<FeedMessage> = {}): FeedMessage => ({
  seq,
  type: 'STATUS_CHANGED',
  orderId: null,
  status: null,
  ...changes,
})

const board = (...parts: Feed['parts']): Feed => ({ name: 'tablet 1', parts })

const SOUND: Evidence = {
  answers: [{ guest: 'member', key: 'k', orderId: 'o1', number: 'A001', total: 18_000 }],
  orders: [seen()],
  stock: [{ menuId: 'm1', name: '치즈볼', initial: 10, level: 8, reserved: 0 }],
  payments: [payment()],
  boards: [
    board(
      { after: null, messages: [message(4, { type: 'SNAPSHOT' }), message(5)] },
      { after: 5, messages: [message(6)] },
    ),
  ],
  phones: [
    {
      name: 'member',
      parts: [
        { after: null, messages: [message(4, { type: 'SNAPSHOT' })] },
        { after: 4, messages: [message(5, { orderId: 'o1', status: 'COMPLETED' })] },
      ],
    },
  ],
  listed: [order()],
  membersOrderIds: new Set(['o1']),
}

const phone = (...messages: FeedMessage[]): Feed => ({
  name: 'member',
  parts: [{ after: null, messages }],
})
const told = message(5, { orderId: 'o1', status: 'COMPLETED' })

const brokenBy = (changes: Partial<Evidence>): string[] =>
  checkAll({ ...SOUND, ...changes })
    .filter(({ problems }) => problems.length > 0)
    .map(({ rule }) => rule)

const twice = seen({ order_id: 'o2' }, [])

describe('judging what a crash test has seen', () => {
  it('finds nothing wrong with a sound evening', () => {
    expect(brokenBy({})).toEqual([])
  })

  it.each<[string, Partial<Evidence>, string]>([
    [
      'an answered order that is gone',
      { orders: [] },
      'an answered order exists once, as answered',
    ],
    [
      'an order that changed its number',
      { orders: [seen({ order_number: 'A002' })] },
      'an answered order exists once, as answered',
    ],
    [
      'another total than was answered',
      { orders: [seen({ total_amount: 17_000 })] },
      'an answered order exists once, as answered',
    ],
    [
      'two orders for one key',
      { answers: [...SOUND.answers, { ...SOUND.answers[0]!, orderId: 'o2' }] },
      'one key is one order',
    ],
    [
      'one order for two keys',
      { answers: [...SOUND.answers, { ...SOUND.answers[0]!, key: 'k2' }] },
      'one key is one order',
    ],
    [
      'a number that was given twice',
      { orders: [seen(), twice] },
      'order numbers are unique within a day',
    ],
    [
      'more portions sold than ordered',
      { stock: [{ ...SOUND.stock[0]!, level: 7 }] },
      'sold and held portions were there',
    ],
    [
      'portions held for nobody',
      { stock: [{ ...SOUND.stock[0]!, reserved: 1 }] },
      'sold and held portions were there',
    ],
    [
      'more portions held than there are',
      { stock: [{ ...SOUND.stock[0]!, level: -1, initial: 1 }] },
      'sold and held portions were there',
    ],
    [
      'money for no order',
      { payments: [payment(), payment({ paymentKey: 'k2', orderId: 'p9' })] },
      'captured money is paid, refunded or due',
    ],
    [
      'money captured twice for one order',
      {
        orders: [seen({ captured_amount: 36_000 }, ['p1', 'p2'])],
        payments: [payment(), payment({ orderId: 'p2' })],
      },
      'captured money is paid, refunded or due',
    ],
    [
      'a cancelled order whose money was kept',
      { orders: [seen({ status: 'CANCELLED' })] },
      'captured money is paid, refunded or due',
    ],
    ['a meal that nobody paid', { payments: [] }, 'captured money is paid, refunded or due'],
    [
      'an event that a board missed',
      { boards: [board({ after: null, messages: [message(4), message(6)] })] },
      'boards miss nothing and see nothing twice',
    ],
    [
      'an event that a board saw again after it came back',
      {
        boards: [
          board(
            { after: null, messages: [message(4), message(5)] },
            { after: 5, messages: [message(5)] },
          ),
        ],
      },
      'boards miss nothing and see nothing twice',
    ],
    [
      'an order of which its guest did not hear',
      {
        boards: [board({ after: null, messages: [message(4), told, message(6)] })],
        phones: [phone(message(4, { type: 'SNAPSHOT' }))],
      },
      'guests hear of all their orders, once',
    ],
    [
      'an event that a guest heard twice',
      { phones: [phone(message(4, { type: 'SNAPSHOT' }), told, told)] },
      'guests hear of all their orders, once',
    ],
    [
      'an order that went back',
      {
        boards: [
          board({
            after: null,
            messages: [
              message(4, { orderId: 'o1', status: 'READY' }),
              message(5, { orderId: 'o1', status: 'ACCEPTED' }),
            ],
          }),
        ],
      },
      'an order moves only along its table',
    ],
    [
      'a list that lags for ever',
      { listed: [order({ status: 'READY' })] },
      'the read model equals the restaurant',
    ],
    ['a list that lacks an order', { listed: [] }, 'the read model equals the restaurant'],
    [
      'an order that hangs',
      { orders: [seen({ status: 'ACCEPTED' })], listed: [order({ status: 'ACCEPTED' })] },
      'every order has ended',
    ],
  ])('finds %s', (_, changes, rule) => {
    expect(brokenBy(changes)).toContain(rule)
  })

  it('owes a guest nothing from before the socket, nor what a snapshot stands for', () => {
    const boards = [board({ after: null, messages: [message(4), told, message(6)] })]
    const phones = [phone(message(6, { type: 'SNAPSHOT' }))]
    expect(brokenBy({ boards, phones })).toEqual([])
  })

  it('lets money that is visibly due stand', () => {
    const due = { status: 'CANCELLED', payment_status: 'REFUND_DUE', refund_due_amount: 18_000 }
    const stock = [{ ...SOUND.stock[0]!, level: 10 }]
    expect(brokenBy({ orders: [seen(due)], listed: [order(due)], stock })).toEqual([])
  })
})
