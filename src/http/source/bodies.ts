import { z } from '@hono/zod-openapi'
import { MAX_LINES } from '../../domain/order/limits.ts'
import type { Locale } from '../../domain/locale.ts'
import { idSchema } from '../schemas/common.ts'
import type { menuSchema } from '../schemas/menu.ts'
import { requestedLine, type orderSchema, type placedOrder } from '../schemas/orders.ts'
import type { paymentStatus } from '../schemas/payments.ts'

type Menu = z.output<typeof menuSchema>
type MenuItem = Menu['categories'][number]['items'][number]
type Order = z.output<typeof orderSchema>

export const FOOD_CATEGORIES = ['menu', 'drinks'] as const
type FoodCategory = (typeof FOOD_CATEGORIES)[number]

/** A dish's number on the menu, or its id. */
const foodId = z.union([z.int().min(1), idSchema])
const foodLines = z
  .array(z.strictObject({ food_id: foodId, quantity: requestedLine.shape.quantity }))
  .min(1)
  .max(MAX_LINES)
export const newSourceOrder = z.strictObject({ table_id: idSchema, items: foodLines })
export const newPreOrder = z.strictObject({
  payer_name: z.string().trim().min(1).max(50),
  total_amount: z.int().min(0),
  items: foodLines,
})
export type FoodLine = z.output<typeof foodLines>[number]

const SAYS_DRINKS = /음료|주류|드링크|\bdrinks?\b|\bbeverages?\b|\balcohol\b|\bliquors?\b/i

/** A category of drinks says so in its name, a drink in another category by a tag. */
const categoryOf = (category: string, item: MenuItem): FoodCategory =>
  [category, ...item.tags].some((text) => SAYS_DRINKS.test(text)) ? 'drinks' : 'menu'

/** A menu as a list of dishes, in its order. */
export const foodsOf = ({ categories }: Menu, origin: string) =>
  categories.flatMap(({ name, items }) =>
    items.map((item) => ({
      id: item.number,
      name: item.name,
      price: item.price,
      category: categoryOf(name, item),
      description: item.description,
      image: item.image_url === null ? null : new URL(item.image_url, origin).href,
      sold_out: !item.is_available,
    })),
  )

const itemsOf = (menu: Menu): MenuItem[] => menu.categories.flatMap(({ items }) => items)

/** The dish that is named by its number or its id; null where the menu has none. */
export const itemNamed = (menu: Menu, food: number | string): MenuItem | null =>
  itemsOf(menu).find(({ id, number }) => (typeof food === 'number' ? number : id) === food) ?? null

/** Nobody is asked for options there: what has to be chosen is what stands first at no extra price. */
const usualChoices = ({ options }: MenuItem) =>
  options.flatMap(({ id, min, choices }) =>
    choices
      .filter(({ price_delta: delta }) => delta === 0)
      .slice(0, min)
      .map((choice) => ({ option_id: id, choice: choice.id })),
  )

type OrderedLine = z.input<typeof requestedLine>

/** The lines as the canonical request has them, or the place of the first that the menu does not have. */
export function linesFrom(
  menu: Menu,
  lines: readonly FoodLine[],
): { items: OrderedLine[] } | { unknownAt: number } {
  const found = lines.map(({ food_id: food, quantity }) => {
    const item = itemNamed(menu, food)
    return item && { menu_id: item.id, quantity, options: usualChoices(item) }
  })
  const items = found.filter((line) => line !== null)
  return items.length === found.length ? { items } : { unknownAt: found.indexOf(null) }
}

/** Ways to pay that begin nothing by themselves: until the guest opens one, staff can take the money. */
const WAITING = ['COUNTER', 'CARD', 'VIRTUAL_ACCOUNT', 'STRIPE']

/** What is settled at the counter is ordered by the counter, or where that cannot be chosen, as unpaid. */
export const counterMethod = ({ restaurant }: Menu): string =>
  WAITING.find((method) => restaurant.payment_methods.includes(method)) ?? 'COUNTER'

/** Rejected, cancelled, expired: the sources have no word for it, and no longer show it. */
export const isOver = ({ status }: Pick<Order, 'status'>): boolean =>
  status === 'REJECTED' || status === 'CANCELLED' || status === 'EXPIRED'

const statusOf = (waitsForDeposit: boolean) =>
  waitsForDeposit ? ('pre_order' as const) : ('completed' as const)

/** An order as the sources show it. */
export const sourceOrder = (order: Order) => ({
  id: order.order_id,
  table: order.table?.id ?? null,
  status: statusOf(
    order.payment_method === 'DEPOSIT' && order.captured_amount < order.total_amount,
  ),
  total_amount: order.total_amount,
  items: order.items.map((line) => ({
    food: line.number,
    quantity: line.quantity - line.unavailable_quantity,
    total_price: line.total,
  })),
})

const TRANSFER: Record<Locale, string> = {
  ko: '입금이 확인되면 주문이 들어갑니다.',
  en: 'Your order goes in as soon as the transfer has arrived.',
}

/** A pre-order as it is answered: where the money is to go, and what happens then. */
export const preOrderAnswer = (order: z.output<typeof placedOrder>, locale: Locale) => ({
  order_id: order.order_id,
  redirect_url: order.redirect_url,
  message: TRANSFER[locale],
})

/** Whether the deposit is in, beside what the canonical answer says of order and money. */
export const sourcePaymentStatus = (money: z.output<typeof paymentStatus>) => ({
  order_id: money.order_id,
  status: statusOf(
    money.payments.some(({ method }) => method === 'DEPOSIT') &&
      money.captured_amount < money.total_amount,
  ),
  order_status: money.status,
  payment_status: money.payment_status,
  total_amount: money.total_amount,
})

export const foodQuery = z.object({ category: z.enum(FOOD_CATEGORIES).optional() })
export const foodParams = z.object({
  food: z.union([
    z
      .string()
      .regex(/^[1-9]\d{0,8}$/)
      .transform(Number),
    idSchema,
  ]),
})
export const tableParams = z.object({ table_id: idSchema })
/** A page is asked for as of the canonical list, which also judges what is sent. */
export const historyQuery = z.object({
  table_id: idSchema.optional(),
  limit: z.string().optional(),
  cursor: z.string().optional(),
})
export const resetQuery = z.object({ force: z.enum(['void', 'refund']).optional() })
