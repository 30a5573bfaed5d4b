import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { login, signIn } from '../lib/account.ts'
import type { Api } from '../lib/api.ts'
import { CUSTOMER, OWNER } from '../lib/demo-data.ts'
import type { Place } from '../lib/place.ts'
import { seed } from '../lib/seed-restaurant.ts'
import type {
  InitiatedJson,
  MenuItemJson,
  MenuJson,
  OrderJson,
  Page,
  PaymentStatusJson,
  PlacedOrderJson,
} from '../lib/shapes.ts'
import { steadily, steadyApi } from './steady.ts'

const LISTED_WITHIN_MS = 30_000

/** What people remember of an order that they made. */
export interface Made {
  id: string
  by: string
  status: string
  paid: string
  total: number
  /** What the phone that placed it would send again. */
  placing: { key: string; body: object }
}

/** People of the demo restaurant, who remember their orders whoever serves them. */
export interface People {
  /** A whole life: by card, to the last bite. */
  order: (by: string) => Promise<void>
  /** Placed and paid, and left for whoever comes next. */
  begin: (by: string) => Promise<void>
  /** Paid, and called off: the money goes back. */
  callOff: (by: string) => Promise<void>
  /** A link for a new password, by mail: it goes through the queue. */
  forget: () => Promise<void>
  /** Serves what was begun. */
  finish: () => Promise<void>
  /** Everything they made is as they remember it, wherever it is read. */
  look: () => Promise<string[]>
}

const newKey = () => `two-versions-${randomUUID()}`

export function peopleOf(place: Place): People {
  const api = steadyApi(place.app)
  const made: Made[] = []
  const begun: string[] = []
  let mails = 0
  const pay = async (by: string): Promise<PlacedOrderJson> => {
    const { restaurantId, tables } = await seed(api, null)
    const member = (await signIn(api, CUSTOMER)).access_token
    const item = await somethingPlain(api, restaurantId)
    const placing = {
      key: newKey(),
      body: { table_id: tables[0]!.id, items: [lineOf(item)], payment_method: 'CARD' },
    }
    const order = await api.ask<PlacedOrderJson>('POST', '/orders', { token: member, ...placing })
    const { order_id, total_amount: amount } = order
    await payByCard(api, member, order_id, amount)
    made.push({ id: order_id, by, status: 'PENDING', paid: 'PAID', total: amount, placing })
    return order
  }
  const serve = async (id: string): Promise<void> => {
    const token = (await login(api, OWNER)).access_token
    for (const [verb, body] of [
      ['accept', { estimated_time_minutes: 10 }],
      ['ready', {}],
      ['complete', {}],
    ] as const)
      await api.ask('POST', `/restaurants/me/orders/${id}/${verb}`, { token, key: newKey(), body })
    for (const order of made) if (order.id === id) order.status = 'COMPLETED'
  }
  return {
    order: async (by) => serve((await pay(by)).order_id),
    begin: async (by) => void begun.push((await pay(by)).order_id),
    callOff: async (by) => {
      const { order_id } = await pay(by)
      const token = (await login(api, CUSTOMER)).access_token
      await api.ask('POST', `/orders/${order_id}/cancel`, { token, key: newKey(), body: {} })
      // The provider's refund is told by mail.
      mails += 1
      for (const order of made)
        if (order.id === order_id) Object.assign(order, { status: 'CANCELLED', paid: 'REFUNDED' })
    },
    forget: async () => {
      await api.ask('POST', '/auth/password/forgot', { body: { email: CUSTOMER.email } })
      mails += 1
    },
    finish: async () => {
      for (const id of begun.splice(0)) await serve(id)
    },
    look: async () => [...(await lookAtAll(api, made)), ...(await lookAtMail(place, mails))],
  }
}

async function somethingPlain(api: Api, restaurantId: string): Promise<MenuItemJson> {
  const { categories } = await api.ask<MenuJson>('GET', `/restaurants/${restaurantId}/menu`)
  const item = categories.flatMap(({ items }) => items).find((one) => one.is_available)
  if (item === undefined) throw new Error('nothing is on the menu')
  return item
}

/** One of it, with the first choice where there has to be one. */
const lineOf = ({ id: menu_id, options }: MenuItemJson) => ({
  menu_id,
  quantity: 1,
  options: options
    .filter(({ required }) => required)
    .map(({ id: option_id, choices }) => ({ option_id, choice: choices[0]!.id })),
})

async function payByCard(api: Api, token: string, order_id: string, amount: number): Promise<void> {
  const { payment_url } = await api.ask<InitiatedJson>('POST', '/payments/initiate', {
    ...{ token, key: newKey() },
    body: { order_id, amount, payment_method: 'CARD' },
  })
  const body = new URLSearchParams({ action: 'pay' })
  const pressed = await fetch(payment_url, { method: 'POST', redirect: 'manual', body })
  await steadily(() => fetch(pressed.headers.get('location') ?? ''))
  const path = `/orders/${order_id}/payment-status`
  const { payment_status } = await api.ask<PaymentStatusJson>('GET', path, { token })
  if (payment_status !== 'PAID') throw new Error(`a paid order is ${payment_status}`)
}

/** The restaurant's own word, its history, and the read model of the platform. */
async function lookAtAll(api: Api, made: readonly Made[]): Promise<string[]> {
  const [member, owner] = [await login(api, CUSTOMER), await login(api, OWNER)]
  const problems: string[] = []
  const compare = (where: string, wanted: Made, found: OrderJson | undefined) => {
    const is = found && [found.status, found.payment_status, found.total_amount].join(' ')
    const due = [wanted.status, wanted.paid, wanted.total].join(' ')
    if (is !== due) problems.push(`${where}: the order made by ${wanted.by} is ${is}, not ${due}`)
  }
  for (const [where, path, { access_token: token }] of [
    ["the member's list", '/orders?limit=100', member],
    ["the restaurant's history", '/restaurants/me/orders?limit=100', owner],
  ] as const) {
    const byId = await untilListed(api, path, token, made)
    for (const order of made) compare(where, order, byId.get(order.id))
  }
  // Last: by now what is paid back has arrived.
  for (const order of made) {
    const token = member.access_token
    const found = await api.ask<OrderJson>('GET', `/orders/${order.id}`, { token })
    compare('the order itself', order, found)
    const again = await api.ask<PlacedOrderJson>('POST', '/orders', { token, ...order.placing })
    if (again.order_id !== order.id)
      problems.push(`the order made by ${order.by}, sent again, is another: ${again.order_id}`)
  }
  return problems
}

async function lookAtMail({ sandbox }: Place, due: number): Promise<string[]> {
  const to = encodeURIComponent(CUSTOMER.email)
  const deadline = Date.now() + LISTED_WITHIN_MS
  for (;;) {
    const answer = await fetch(`${sandbox}/control/mail?to=${to}`)
    const { length } = ((await answer.json()) as { mails: unknown[] }).mails
    if (length === due) return []
    if (Date.now() > deadline) return [`${length} mails came of ${due}`]
    await pause(200)
  }
}

/** The list as it is once it shows the last change, or after a while as it is then. */
async function untilListed(api: Api, path: string, token: string, made: readonly Made[]) {
  const deadline = Date.now() + LISTED_WITHIN_MS
  for (;;) {
    const { items } = await api.ask<Page<OrderJson>>('GET', path, { token })
    const byId = new Map(items.map((order) => [order.order_id, order]))
    const isThere = made.every(({ id, status, paid }) => {
      const listed = byId.get(id)
      return listed?.status === status && listed.payment_status === paid
    })
    if (isThere || Date.now() > deadline) return byId
    await pause(200)
  }
}
