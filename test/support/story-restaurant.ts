import type { z } from '@hono/zod-openapi'
import type { itemSchema } from '../../src/http/schemas/menu.ts'
import type { orderSchema, placedOrder } from '../../src/http/schemas/orders.ts'
import type { enteredRefund } from '../../src/http/schemas/refunds.ts'
import type { confirmed, initiated, paymentStatus } from '../../src/http/schemas/payments.ts'
import { member, person, stranger, type Person, type Reply } from './story-people.ts'
import { openStory, type Story } from './story.ts'

export type OrderBody = z.output<typeof orderSchema>
export type PlacedBody = z.output<typeof placedOrder>
export type RefundBody = z.output<typeof enteredRefund>
export type InitiatedBody = z.output<typeof initiated>
export type ConfirmedBody = z.output<typeof confirmed>
export type PaymentStatusBody = z.output<typeof paymentStatus>
export interface ListBody<T> {
  items: T[]
  next_cursor: string | null
  as_of: string
}
type ItemBody = z.output<typeof itemSchema>
interface TableBody {
  id: string
  name: string
  qr_url: string
}

function expectStatus<T>({ status, body }: Reply<T>, wanted: number): T {
  if (status !== wanted) throw new Error(`${status} instead of ${wanted}: ${JSON.stringify(body)}`)
  return body
}

const code = ({ qr_url }: TableBody): string => decodeURIComponent(qr_url.split('#')[1] ?? '')

/** A restaurant opened, furnished and stocked over the API: two tables, a dish with options, a drink. */
export async function openPlace(story: Story, settings: Record<string, unknown> = {}) {
  const owner = await member(story, 'OWNER')
  const opened = await owner.post<{ id: string }>('/restaurants', {
    name: '맛있는 치킨집',
    ...settings,
  })
  const { id } = expectStatus(opened, 201)
  owner.memberships.push({ restaurantId: id, role: 'OWNER' })
  const staff = await member(story, 'STAFF')
  staff.memberships.push({ restaurantId: id, role: 'STAFF' })

  const addTable = async (name: string) =>
    expectStatus(await owner.post<TableBody>('/tables', { name }), 201)
  const tables = { a1: await addTable('A1'), a2: await addTable('A2') }
  const category = expectStatus(
    await owner.post<{ id: string }>('/restaurants/me/categories', { name: '치킨' }),
    201,
  )
  const addItem = async (item: Record<string, unknown>) =>
    expectStatus(
      await owner.post<ItemBody>('/restaurants/me/items', { category_id: category.id, ...item }),
      201,
    )
  const chicken = await addItem({
    name: '후라이드 치킨',
    price: 18_000,
    options: [
      {
        name: '맵기',
        required: true,
        choices: [{ name: '순한맛' }, { name: '매운맛', price_delta: 500 }],
      },
    ],
  })
  const cola = await addItem({ name: '콜라', price: 2_000 })

  /** A guest who has scanned the table's code. */
  async function guest(table: TableBody = tables.a1): Promise<Person> {
    const joined = await stranger(story).post<{ access_token: string }>(
      '/auth/guest',
      { table_id: table.id, code: code(table) },
      { key: null },
    )
    const { access_token: token } = expectStatus(joined, 201)
    return person(story, () => Promise.resolve(token))
  }

  const spicy = {
    menu_id: chicken.id,
    quantity: 1,
    options: [{ option_id: chicken.options[0]!.id, choice: '매운맛' }],
  }

  return {
    id,
    owner,
    staff,
    tables,
    chicken,
    cola,
    addItem,
    guest,
    /** One spicy chicken: 18,500. */
    spicy,
    /** Has a guest order; without more, one spicy chicken by card. */
    place: (who: Person, more: Record<string, unknown> = {}, key?: string) =>
      who.post<PlacedBody>(
        '/orders',
        { restaurant_id: id, items: [spicy], payment_method: 'CARD', ...more },
        key === undefined ? {} : { key },
      ),
    /** The same, for granted. */
    ordered: async (who: Person, more: Record<string, unknown> = {}): Promise<PlacedBody> =>
      expectStatus(
        await who.post<PlacedBody>('/orders', {
          restaurant_id: id,
          items: [spicy],
          payment_method: 'CARD',
          ...more,
        }),
        201,
      ),
    initiated: async (who: Person, order: OrderBody): Promise<InitiatedBody> =>
      expectStatus(await who.post<InitiatedBody>('/payments/initiate', initiation(order)), 200),
    /** Ordered, opened, and the guest has paid on the provider's page: what the browser comes back with. */
    async authenticated(who: Person, more: Record<string, unknown> = {}) {
      const order = await this.ordered(who, more)
      const payment = await this.initiated(who, order)
      return { order, payment, ...clickPay(story, payment) }
    },
    /** Ordered and paid. */
    async paid(who: Person, more: Record<string, unknown> = {}) {
      const authenticated = await this.authenticated(who, more)
      const { confirmation } = authenticated
      expectStatus(await who.post<ConfirmedBody>('/payments/confirm', confirmation), 200)
      return authenticated
    },
    handle: (
      who: Person,
      order: { order_id: string },
      verb: string,
      body?: unknown,
      key?: string,
    ) =>
      who.post<OrderBody>(
        `/restaurants/me/orders/${order.order_id}/${verb}`,
        body ?? (verb === 'accept' ? { estimated_time_minutes: 20 } : undefined),
        key === undefined ? {} : { key },
      ),
  }
}

/** A world with one restaurant. */
export async function placeWith(settings: Record<string, unknown> = {}) {
  const story = openStory()
  return { story, place: await openPlace(story, settings) }
}

/** The same, with a guest at table A1. */
export async function atTable(settings: Record<string, unknown> = {}) {
  const { story, place } = await placeWith(settings)
  return { story, place, guest: await place.guest() }
}

export type Place = Awaited<ReturnType<typeof openPlace>>

export const initiation = (order: OrderBody) => ({
  order_id: order.order_id,
  amount: order.total_amount,
  payment_method: order.payment_method,
})

/** The guest presses "pay" on the provider's page: where the browser goes, and what it carries. */
export function clickPay(story: Story, payment: Pick<InitiatedBody, 'payment_key'>) {
  const clicked = story.toss.sandbox.click(payment.payment_key, 'pay')
  if (clicked.kind !== 'redirect') throw new Error(`the page says ${clicked.kind}`)
  const back = new URL(clicked.to)
  const { paymentKey, orderId, amount } = Object.fromEntries(back.searchParams)
  return {
    successPath: back.pathname + back.search,
    confirmation: { paymentKey, orderId, amount: Number(amount) },
  }
}

export const key = (): string => crypto.randomUUID()
export { expectStatus }
