import { computed, signal } from '@preact/signals'
import { outcomeOf, type Trouble } from '../lib/outcome.ts'
import { keep, recall } from '../lib/kept.ts'
import { listen, type LiveMessage } from '../lib/live.ts'
import { CommandQueue } from '../lib/queue.ts'
import { emptyCart, refill, requested, type Line } from './cart.ts'
import {
  api,
  barred,
  join,
  refreshMenu,
  refreshPoints,
  socketToken,
  tableId,
  view,
  type Order,
  type Placed,
} from './state.ts'

/** What a tap on "order" holds until the restaurant has answered. */
export interface Wish {
  tableId: string
  lines: readonly Line[]
  method: Order['payment_method']
  payerName: string | null
  requests: string | null
  couponCode: string | null
  points: number | null
  shownTotal: number
  menuVersion: number
}

/** A tap older than this was for another evening. */
const WISH_LASTS_MS = 10 * 60_000
const KEY = `os-orders-${tableId}`

type Known = Pick<Placed, 'order_id' | 'payment_url' | 'redirect_url' | 'deposit' | 'visit_id'>

/** What only the answer to placing tells, of the orders of this phone at this table. */
const known = signal<readonly Known[]>((recall(KEY) as readonly Known[] | null) ?? [])
export const knownOf = (orderId: string): Known | undefined =>
  known.value.find(({ order_id: id }) => id === orderId)

const byId = signal<ReadonlyMap<string, Order>>(new Map())
/** Newest first. */
export const orders = computed(() =>
  [...byId.value.values()].sort((a, b) => b.order_id.localeCompare(a.order_id)),
)
export const refusal = signal<Trouble | null>(null)
/** The order whose payment page is to be opened, because its guest has just tapped. */
export const toPay = signal<string | null>(null)

const take = (some: readonly Order[]): void => {
  byId.value = new Map([...byId.value, ...some.map((order) => [order.order_id, order] as const)])
}

export const wishes = new CommandQueue<Wish, Placed>(`os-wishes-${tableId}`, WISH_LASTS_MS, {
  async send({ key, command }) {
    const seat = await join()
    if (!seat.ok) return seat
    return outcomeOf(
      api().api.v1.tables[':table_id'].orders.$post(
        {
          param: { table_id: command.tableId },
          json: {
            items: requested(command.lines),
            payment_method: command.method,
            payer_name: command.payerName,
            special_requests: command.requests,
            coupon_code: command.couponCode,
            points_amount: command.points,
            expected_total: command.shownTotal,
            menu_version: command.menuVersion,
          },
        },
        { headers: { 'Idempotency-Key': key } },
      ),
    )
  },
  done({ issuedAt }, placed) {
    const { order_id, payment_url, redirect_url, deposit, visit_id } = placed
    known.value = [
      ...known.value.filter((one) => one.visit_id === visit_id),
      { order_id, payment_url, redirect_url, deposit, visit_id },
    ]
    keep(KEY, known.value)
    take([placed])
    view.value = 'orders'
    watch()
    void refreshPoints()
    const justNow = Date.now() - issuedAt < 15_000 && !document.hidden
    if (placed.payment_required && deposit === null && justNow) toPay.value = order_id
  },
  refused({ command }, trouble) {
    refill(command.lines)
    refusal.value = trouble
    void refreshMenu()
  },
})

/** The tap on "order": the lines leave the cart, and are sent once whatever the network does. */
export function order(wish: Omit<Wish, 'tableId'>): void {
  refusal.value = null
  emptyCart()
  wishes.add({ ...wish, tableId })
}

/** Back into the cart, while it has not been sent. */
export function takeBack(key: string, wish: Wish): void {
  if (wishes.take(key)) refill(wish.lines)
}

let line: ReturnType<typeof listen> | null = null
export const offlineSince = signal<number | null>(null)

/** Follows this phone's orders at the table, from its newest on: the socket tells of all of them. */
export function watch(): void {
  const newest = known.value.at(-1)?.order_id ?? orders.value[0]?.order_id
  if (newest === undefined || line !== null) return
  line = listen({
    url: () => `${location.origin}/ws/orders/${newest}`,
    token: socketToken,
    heard,
    refused: () => {
      barred.value = 'scanAgain'
    },
  })
  line.offlineSince.subscribe((since) => {
    offlineSince.value = since
  })
}

function heard(message: LiveMessage): void {
  if (message.type === 'SNAPSHOT') take(message.orders as Order[])
  else if ('order' in message) take([message.order as Order])
  else void refreshMenu()
}

/** After a reload: the orders of this phone that the table's bill still has. */
export async function recallOrders(): Promise<void> {
  const bill = await readBill()
  if (bill === null) return
  take(bill.items.filter(({ own }) => own))
  watch()
}

/** What the party has ordered together; null where nobody can say just now. */
export async function readBill() {
  const read = await outcomeOf(api().api.v1.tables[':id'].orders.$get({ param: { id: tableId } }))
  return read.ok ? read.value : null
}

/** Null once it is cancelled. */
export async function cancel(orderId: string): Promise<Trouble | null> {
  const outcome = await outcomeOf(
    api().api.v1.orders[':id'].cancel.$post(
      { param: { id: orderId } },
      { headers: { 'Idempotency-Key': `cancel-${orderId}` } },
    ),
  )
  if (!outcome.ok) return outcome.trouble
  take([outcome.value])
  return null
}
