import { computed, signal } from '@preact/signals'
import { outcomeOf, type Outcome, type Trouble } from '../lib/outcome.ts'
import { forget, keep, recall } from '../lib/kept.ts'
import { listen, type LiveMessage } from '../lib/live.ts'
import { CommandQueue, type Queued } from '../lib/queue.ts'
import { toast } from '../ui/toasts.tsx'
import { emptyCart, refill, requested, type Line } from './cart.ts'
import { draft, emptyDraft, type Draft } from './draft.ts'
import { refreshMenu, withNews } from './menu-news.ts'
import { isSecondTap, lead, openSheet, place } from './place.ts'
import {
  api,
  isSeated,
  join,
  menu,
  noteTrouble,
  refreshPoints,
  socketToken,
  tableId,
  type Order,
  type Placed,
} from './state.ts'
import { t } from './words.ts'

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
  /** As it was filled in: comes back where the order is refused. */
  draft?: Draft
}

/** A tap older than this was for another evening. */
const WISH_LASTS_MS = 10 * 60_000
/** Whoever has just tapped is led on to the payment; whoever has gone on to other things is not. */
const JUST_NOW_MS = 15_000
const KEY = `os-orders-${tableId}`
const PAYING = `os-paying-${tableId}`
const PAYING_LASTS_MS = 60 * 60_000

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
/** Why the last order was not taken, with what its guest had been shown; until the next is sent. */
export const refusal = signal<{ trouble: Trouble; shownTotal: number } | null>(null)

const take = (some: readonly Order[]): void => {
  byId.value = new Map([...byId.value, ...some.map((order) => [order.order_id, order] as const)])
}

/** Nobody orders without a seat: until there is one, an order has not left the phone. */
const seated = (): Promise<Outcome<null>> =>
  isSeated() ? Promise.resolve({ ok: true, value: null }) : join()

/** Sends as whoever sits here; a session that has run out is given a seat anew, once. */
async function send(key: string, command: Wish, isAnew = false): Promise<Outcome<Placed>> {
  const body = {
    items: requested(command.lines),
    payment_method: command.method,
    payer_name: command.payerName,
    special_requests: command.requests,
    coupon_code: command.couponCode,
    points_amount: command.points,
    expected_total: command.shownTotal,
    menu_version: command.menuVersion,
  }
  const outcome = await outcomeOf(
    api().api.v1.tables[':table_id'].orders.$post(
      { param: { table_id: command.tableId }, json: body },
      { headers: { 'Idempotency-Key': key } },
    ),
  )
  if (outcome.ok) return outcome
  noteTrouble(outcome.trouble)
  if (outcome.trouble.status !== 401 || isAnew) return outcome
  const seat = await join()
  return seat.ok ? send(key, command, true) : seat
}

export const wishes = new CommandQueue<Wish, Placed>(`os-wishes-${tableId}`, WISH_LASTS_MS, {
  ready: seated,
  send: ({ key, command }) => send(key, command),
  done({ issuedAt }, placed) {
    const { order_id, payment_url, redirect_url, deposit, visit_id } = placed
    known.value = [
      ...known.value.filter((one) => one.visit_id === visit_id),
      { order_id, payment_url, redirect_url, deposit, visit_id },
    ]
    keep(KEY, known.value)
    take([placed])
    own.add(order_id)
    watch()
    void refreshPoints()
    const isHere = place.value.view === 'orders' && place.value.sheet === null
    if (!isHere) toast(t('ordered', { number: placed.order_number }))
    const justNow = Date.now() - issuedAt < JUST_NOW_MS && !document.hidden
    if (placed.payment_required && deposit === null && payment_url !== null && justNow && isHere)
      goPay(payment_url)
  },
  refused({ command }, trouble) {
    refill(command.lines)
    if (command.draft !== undefined) draft.value = command.draft
    refusal.value = { trouble, shownTotal: command.shownTotal }
    if (place.value.sheet?.kind !== 'cart') openSheet({ kind: 'cart' })
    void refreshMenu()
    void refreshPoints()
  },
})

/** Off to the provider's page. Whoever comes back is interested in the order, not in the menu. */
export function goPay(url: string): void {
  keep(PAYING, Date.now())
  location.assign(url)
}

function backFromPaying(): boolean {
  const left = recall(PAYING)
  forget(PAYING)
  return typeof left === 'number' && Date.now() - left < PAYING_LASTS_MS
}

/** The tap on "order": the lines leave the cart, and are sent once whatever the network does. */
export function order(wish: Omit<Wish, 'tableId' | 'draft'>): void {
  // A second tap finds an empty cart.
  if (wish.lines.length === 0) return
  refusal.value = null
  wishes.add({ ...wish, tableId, draft: draft.value })
  emptyCart()
  emptyDraft()
  lead('orders', { byTap: true })
}

/** Back into the cart, while it has not been sent. */
export function takeBack({ key, command: wish }: Queued<Wish>): void {
  if (isSecondTap() || !wishes.take(key)) return
  refill(wish.lines)
  if (wish.draft !== undefined) draft.value = wish.draft
  openSheet({ kind: 'cart' })
}

let line: ReturnType<typeof listen> | null = null
/** Of whoever speaks from this phone now: any of them is a place to listen at. */
const own = new Set<string>()
let visitId: string | null = null
export const offlineSince = signal<number | null>(null)

/** Whether nothing is heard live just now. */
export const isDeaf = (): boolean => line === null || offlineSince.value !== null

function hangUp(): void {
  line?.close()
  line = null
  offlineSince.value = null
}

/** The visit's socket is over (4003), the session is (4001), or a younger window listens (4009). */
function refused(code: number | null): void {
  hangUp()
  if (code !== 4009) void recallOrders()
}

/** Follows this phone's orders at the table, from its newest on: the socket tells of all of them. */
function watch(): void {
  const newest = orders.value.find(({ order_id: id }) => own.has(id))
  if (newest === undefined || line !== null) return
  line = listen({
    url: () => `${location.origin}/ws/orders/${newest.order_id}`,
    token: socketToken,
    heard,
    refused,
    doubted: () => void readBill(),
  })
  line.offlineSince.subscribe((since) => {
    offlineSince.value = since
  })
}

function heard(message: LiveMessage): void {
  if (message.type === 'SNAPSHOT') take(message.orders as Order[])
  else if ('order' in message) {
    take([message.order as Order])
    return
  } else menu.value = withNews(menu.value, message)
  void refreshMenu()
}

/** After a reload: the orders of this phone that the table's bill still has. */
export async function recallOrders(): Promise<void> {
  if (backFromPaying() && place.value.view !== 'orders') lead('orders', { byTap: false })
  if (!isSeated()) return
  const bill = await readBill()
  if (bill === null) return
  if (visitId !== null && bill.visit_id !== visitId) byId.value = new Map()
  visitId = bill.visit_id
  // What this phone ordered before its guest signed in is shown on, as the bill has it.
  take(bill.items.filter((one) => one.own || byId.value.has(one.order_id)))
  for (const one of bill.items) if (one.own) own.add(one.order_id)
  watch()
}

/** Somebody else speaks from this phone now: their orders, and their socket. */
export function changeSpeaker(): Promise<void> {
  hangUp()
  own.clear()
  return recallOrders()
}

/** What the party has ordered together; null where nobody can say just now. */
export async function readBill() {
  const read = await outcomeOf(api().api.v1.tables[':id'].orders.$get({ param: { id: tableId } }))
  if (read.ok) return read.value
  noteTrouble(read.trouble)
  return null
}

/** Asked anew with every tap: what was refused a minute ago may be possible now. */
export async function cancel(orderId: string): Promise<Trouble | null> {
  const outcome = await outcomeOf(
    api().api.v1.orders[':id'].cancel.$post(
      { param: { id: orderId } },
      { headers: { 'Idempotency-Key': crypto.randomUUID() } },
    ),
  )
  if (!outcome.ok) {
    if (outcome.trouble.status !== 0) void recallOrders()
    return outcome.trouble
  }
  take([outcome.value])
  void refreshPoints()
  return null
}

/** Where an order is paid whose answer this phone did not keep; null where nobody can say. */
export async function payingPage({
  order_id: orderId,
  payment_method: method,
  amount_due: due,
  total_amount: total,
}: Order): Promise<string | null> {
  const opened = await outcomeOf(
    api().api.v1.payments.initiate.$post(
      { json: { order_id: orderId, amount: due ?? total, payment_method: method } },
      { headers: { 'Idempotency-Key': crypto.randomUUID() } },
    ),
  )
  return opened.ok ? opened.value.payment_url : null
}
