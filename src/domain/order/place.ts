import { isStaff, type Asker } from '../actor.ts'
import type { CouponOfHolder } from '../coupon/claiming.ts'
import { sharesByLine } from '../coupon/discount.ts'
import { MAX_COUPONS_PER_ORDER, takeCoupons, type TakenCoupon } from '../coupon/taking.ts'
import { isAvailable } from '../menu/availability.ts'
import type { MenuItemWithStock, StockLevel } from '../menu/menu.ts'
import { quote } from '../menu/pricing.ts'
import type { Quote } from '../menu/quote.ts'
import type { Command } from '../commands.ts'
import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import { openingOf } from '../restaurant/opening.ts'
import type { AmountMinor } from '../money.ts'
import type { PaymentMethod, RestaurantState } from '../restaurant/settings.ts'
import type { TableState } from '../restaurant/table.ts'
import { available, reserve, wantedPerItem } from '../stock/stock.ts'
import { businessDayOf } from './business-day.ts'
import { orderNumber } from './number.ts'
import type { OrderCharges, OrderCoupon, OrderState } from './order.ts'
import { priceOrder } from './price-order.ts'
import { chargesOf } from './totals.ts'

/** What placing an order looks at. */
export interface PlacingState {
  restaurant: RestaurantState
  /** Undefined: the named table does not exist. Null: take-away. */
  table: TableState | null | undefined
  menu: ReadonlyMap<string, MenuItemWithStock>
  unpaidOfGuest: number
  unpaidOfVisit: number
  /** Those that the command names, each with what the asker has of it. */
  coupons: readonly CouponOfHolder[]
}

/** Fresh things a placing needs and cannot make itself. */
export interface PlacingSupply {
  orderId: string
  lineIds: readonly string[]
  /** For a coupon that is claimed along with the order. */
  claimId: () => string
  visitId: string | null
  /** Counts from 1 within the business day. */
  dayNumber: (businessDay: string) => number
  now: number
}

export interface Placement {
  order: OrderState
  /** Levels after the holds, one per counted item. */
  stock: readonly StockLevel[]
  /** What points are to pay of it. */
  points: AmountMinor
  /** With the claim that the order holds: the asker's, or one that is made with it. */
  coupons: readonly (TakenCoupon & { claimId: string })[]
}

/** Whether the order may be placed, and what it is. Refusals name what to change. */
export function placeOrder(
  state: PlacingState,
  command: Command<'place-order'>,
  asker: Asker,
  supply: PlacingSupply,
): Result<Placement, Refusal> {
  const { restaurant, table } = state
  if (table === undefined) return refuse({ kind: 'NOT_FOUND', what: 'table' })
  const { open, opensAt } = openingOf(restaurant, supply.now)
  if (!open) return refuse({ kind: 'RESTAURANT_CLOSED', opensAt })
  const access = mayUseTable(restaurant, table, asker)
  if (access !== null) return refuse(access)
  const accepted = acceptedMethods(restaurant)
  if (!accepted.includes(command.paymentMethod))
    return refuse({ kind: 'PAYMENT_METHOD_NOT_ACCEPTED', accepted })

  const asked = quote(command.lines, state.menu, {
    currency: restaurant.currency,
    menuVersion: restaurant.menuVersion,
  })
  if (!asked.ok) return asked
  const taken = takeFor(asked.value, state, asker, supply)
  if (!taken.ok) return taken
  const shares = sharesByLine(taken.value, asked.value.lines.length)
  const priced = priceOrder(asked.value, restaurant, table !== null, shares)
  if (!priced.ok) return priced
  const total = priced.value.totalAmount
  if (command.expectedTotal !== null && command.expectedTotal !== total)
    return refuse({
      kind: 'PRICE_CHANGED',
      quote: { ...priced.value, coupons: taken.value.map(standing) },
    })

  const points = pointsOf(restaurant, command, asker, total)
  if (!points.ok) return points

  const held = holdStock(priced.value, state.menu)
  if (!held.ok) return held
  const tooMany = total === 0 ? null : unpaidCap(state)
  if (tooMany !== null) return refuse(tooMany)
  return ok({
    order: compose(state, command, asker, supply, priced.value, taken.value),
    stock: held.value,
    points: points.value,
    coupons: taken.value,
  })
}

/** The coupons that the order takes, each with the claim that it will hold. */
function takeFor(
  { lines }: Quote,
  { coupons, menu }: PlacingState,
  asker: Asker,
  { claimId, now }: PlacingSupply,
): Result<Placement['coupons'], Refusal> {
  if (coupons.length === 0) return ok([])
  if (coupons.length > MAX_COUPONS_PER_ORDER)
    return refuse({ kind: 'INVALID', errors: [{ field: 'coupon_codes', reason: 'too_big' }] })
  const discounted = lines.map(({ itemId, total }) => ({
    itemId,
    categoryId: menu.get(itemId)?.categoryId ?? '',
    total,
  }))
  const taken = takeCoupons(coupons, discounted, asker, now)
  if (!taken.ok) return taken
  return ok(taken.value.map((one) => ({ ...one, claimId: one.claim?.id ?? claimId() })))
}

/** 1 point is 1 won; they belong to an account, and a restaurant says that it takes them. */
function pointsOf(
  restaurant: RestaurantState,
  { paymentMethod, pointsAmount = 0 }: Command<'place-order'>,
  asker: Asker,
  total: number,
): Result<number, Refusal> {
  const points = paymentMethod === 'POINTS' ? total : pointsAmount
  if (points === 0) return ok(0)
  if (asker.userId === null) return refuse({ kind: 'POINTS_NEED_ACCOUNT' })
  if (!restaurant.paymentMethods.includes('POINTS') || restaurant.currency !== 'KRW')
    return refuse({ kind: 'PAYMENT_METHOD_NOT_ACCEPTED', accepted: restaurant.paymentMethods })
  if (points > total)
    return refuse({ kind: 'INVALID', errors: [{ field: 'points_amount', reason: 'too_big' }] })
  // With POINTS all of it: another sum is a misunderstanding that would cost the guest.
  if (pointsAmount !== 0 && paymentMethod === 'POINTS' && pointsAmount !== total)
    return refuse({
      kind: 'INVALID',
      errors: [{ field: 'points_amount', reason: 'not_the_total' }],
    })
  return ok(points)
}

/** Deposits need an account to go to. */
const acceptedMethods = (restaurant: RestaurantState): readonly PaymentMethod[] =>
  restaurant.depositAccount === null
    ? restaurant.paymentMethods.filter((method) => method !== 'DEPOSIT')
    : restaurant.paymentMethods

function mayUseTable(
  restaurant: RestaurantState,
  table: TableState | null,
  asker: Asker,
): Refusal | null {
  if (table === null || isStaff(asker)) return null
  if (!restaurant.tableOrderingEnabled) return { kind: 'TABLE_ORDERING_DISABLED' }
  if (asker.visit?.tableId === table.id) return null
  if (restaurant.tableAccess === 'OPEN') return null
  return { kind: 'SCAN_REQUIRED' }
}

function holdStock(
  priced: Quote,
  menu: ReadonlyMap<string, MenuItemWithStock>,
): Result<StockLevel[], Refusal> {
  const short: { itemId: string; name: string; available: number }[] = []
  const held: StockLevel[] = []
  for (const [itemId, quantity] of wantedPerItem(priced.lines)) {
    const item = menu.get(itemId)
    if (item === undefined) throw new Error(`priced item ${itemId} is not on the menu`)
    const left = available(item.stock)
    if (!isAvailable(item) || (left !== null && left < quantity))
      short.push({ itemId, name: item.name, available: isAvailable(item) ? (left ?? 0) : 0 })
    else if (item.stock !== null) held.push(reserve(item.stock, quantity))
  }
  return short.length > 0 ? refuse({ kind: 'OUT_OF_STOCK', items: short }) : ok(held)
}

function unpaidCap({ restaurant, unpaidOfGuest, unpaidOfVisit }: PlacingState): Refusal | null {
  if (restaurant.paymentPolicy !== 'PREPAID') return null
  if (unpaidOfGuest >= restaurant.maxUnpaidPerGuest)
    return { kind: 'TOO_MANY_UNPAID_ORDERS', limit: restaurant.maxUnpaidPerGuest, per: 'GUEST' }
  if (unpaidOfVisit >= restaurant.maxUnpaidPerVisit)
    return { kind: 'TOO_MANY_UNPAID_ORDERS', limit: restaurant.maxUnpaidPerVisit, per: 'VISIT' }
  return null
}

/** What nothing has happened to yet. */
const UNTOUCHED = {
  capturedAmount: 0,
  refundedAmount: 0,
  refundDueAmount: 0,
  holdExtended: false,
  acceptedAt: null,
  estimatedReadyAt: null,
  readyAt: null,
  completedAt: null,
  endedAt: null,
  endReason: null,
  message: null,
  acknowledgedAt: null,
  unseenSince: null,
} as const

/** The order as its placing answers it, now and on every repeat, whatever has become of it since. */
export function asPlaced(order: OrderState): OrderState {
  const lines = order.lines.map(({ refundedQuantity: _, ...line }) =>
    line.unavailableQuantity === 0
      ? line
      : { ...line, unavailableQuantity: 0, total: line.unitPrice * line.quantity },
  )
  return {
    ...order,
    ...UNTOUCHED,
    status: 'PENDING',
    paymentStatus: order.placedAmount === 0 ? 'PAID' : 'UNPAID',
    totalAmount: order.placedAmount,
    lines,
    ...(order.charges && { charges: chargesOf(lines, order.charges).charges }),
    expiresAt: order.firstExpiresAt,
    acceptBy: null,
  }
}

function compose(
  { restaurant, table }: PlacingState,
  command: Command<'place-order'>,
  asker: Asker,
  supply: PlacingSupply,
  priced: Quote & { charges: OrderCharges | null },
  coupons: Placement['coupons'],
): OrderState {
  const { now } = supply
  const businessDay = businessDayOf(now, restaurant.timezone, restaurant.businessDayCutoffHour)
  const free = priced.totalAmount === 0
  const prepaid = restaurant.paymentPolicy === 'PREPAID' && !free
  const deposit = command.paymentMethod === 'DEPOSIT'
  const holdSeconds = deposit ? restaurant.depositWindowSeconds : restaurant.unpaidHoldSeconds
  const expiresAt = prepaid ? now + holdSeconds * 1000 : null
  return {
    id: supply.orderId,
    number: orderNumber(supply.dayNumber(businessDay)),
    businessDay,
    status: 'PENDING',
    paymentStatus: free ? 'PAID' : 'UNPAID',
    paymentPolicy: restaurant.paymentPolicy,
    paymentMethod: command.paymentMethod,
    currency: priced.currency,
    totalAmount: priced.totalAmount,
    placedAmount: priced.totalAmount,
    tableId: table?.id ?? null,
    tableName: table?.name ?? null,
    visitId: supply.visitId,
    sessionId: asker.sessionId,
    userId: asker.userId,
    specialRequests: command.specialRequests,
    lines: priced.lines.map((line, index) => ({
      ...line,
      id: supply.lineIds[index] ?? '',
      unavailableQuantity: 0,
    })),
    placedAt: now,
    expiresAt,
    firstExpiresAt: expiresAt,
    charges: priced.charges,
    coupons: coupons.length === 0 ? null : coupons.map(standing),
    ...UNTOUCHED,
    // A deposit's window is given whole at once.
    holdExtended: deposit,
    acceptBy: prepaid ? null : now + restaurant.acceptDeadlineSeconds * 1000,
  }
}

const standing = ({
  couponId,
  claimId,
  code,
  discount,
}: Placement['coupons'][number]): OrderCoupon => ({
  couponId,
  claimId,
  code,
  discount,
})
