import { env } from 'cloudflare:workers'
import { orderCodeOf } from '../../src/domain/payment/order-code.ts'
import { MALL } from '../sandbox/payaction-world.ts'
import type { Person } from './story-people.ts'
import { expectStatus, placeWith, type PaymentStatusBody } from './story-restaurant.ts'
import type { ErrorBody } from './http.ts'
import type { Story } from './story.ts'

export const ACCOUNT = { bank: '신한은행', account_no: '110-123-456789', holder: '맛있는 치킨집' }
const OPEN = {
  table_access: 'OPEN',
  payment_methods: ['CARD', 'DEPOSIT'],
  deposit_account: ACCOUNT,
}

export interface Told<T> {
  status: number
  headers: Headers
  body: T & ErrorBody
}

interface Wish {
  body?: unknown
  as?: Person
  headers?: Record<string, string>
}

/** A request just as it is spelled: no root before it, no key, a token only where somebody has one. */
export async function tell<T = Record<string, unknown>>(
  story: Story,
  method: string,
  path: string,
  { body, as, headers = {} }: Wish = {},
): Promise<Told<T>> {
  const answer = await story.ask(path, {
    method,
    headers: {
      'accept-language': 'en',
      ...(as && { authorization: `Bearer ${await as.token()}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const { status, headers: given } = answer
  return { status, headers: given, body: (text === '' ? null : JSON.parse(text)) as T & ErrorBody }
}

/** As two administrators would have decided it, before the story's Worker has read its settings. */
export const makeDefault = (restaurantId: string) =>
  env.DB.prepare(
    `INSERT OR REPLACE INTO platform_settings (name, value, version, change_id, changed_at)
     VALUES ('default_restaurant_id', ?, 1, 'c', 0)`,
  )
    .bind(JSON.stringify(restaurantId))
    .run()

/** A world whose default restaurant has open tables, two dishes, and a drink under its own heading. */
export async function sourcePlace(settings: Record<string, unknown> = {}) {
  const { story, place } = await placeWith({ ...OPEN, ...settings })
  const drinks = expectStatus(
    await place.owner.post<{ id: string }>('/restaurants/me/categories', {
      name: '음료',
      names: { en: 'Beverages' },
    }),
    201,
  )
  const cider = await place.addItem({ name: '사이다', price: 2_500, category_id: drinks.id })
  await makeDefault(place.id)
  const asked = <T>(method: string, path: string, wish?: Wish) => tell<T>(story, method, path, wish)
  return { story, place, cider, asked, table: place.tables.a1.id }
}

export type SourcePlace = Awaited<ReturnType<typeof sourcePlace>>

export interface SourceOrder {
  id: string
  status: string
  table: string
  total_amount: number
  items: unknown[]
}

export const MALL_HEADERS = { 'x-mall-id': MALL.mallId, 'x-webhook-key': MALL.webhookKey }

export const colas = (quantity = 2) => [{ food_id: 2, quantity }]
export const newOrder = ({ asked, table }: SourcePlace) =>
  asked<SourceOrder>('POST', '/api/orders/', { body: { table_id: table, items: colas() } })
export const preOrder = ({ asked, table }: SourcePlace, more: Record<string, unknown> = {}) =>
  asked<{ order_id: string; redirect_url: string; message: string }>(
    'POST',
    `/api/orders/pre-order/${table}/`,
    { body: { payer_name: '김민수', total_amount: 4_000, items: colas(), ...more } },
  )
const paymentIdOf = async ({ place }: SourcePlace, orderId: string) => {
  const { body } = await place.owner.get<PaymentStatusBody>(`/orders/${orderId}/payment-status`)
  return body.payments[0]!.payment_id
}
export const depositIn = async (
  world: SourcePlace,
  path = '/api/webhook/payment/',
  headers = {},
) => {
  const { order_id: id } = (await preOrder(world)).body
  const body = {
    order_number: orderCodeOf(await paymentIdOf(world, id)),
    order_status: '매칭완료',
    processing_date: '2026-11-20T12:00:00+09:00',
  }
  const answer = await world.asked('POST', path, { body, headers })
  return { id, answer }
}
