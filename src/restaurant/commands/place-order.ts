import { stableScope } from '../../domain/actor.ts'
import type { Command } from '../../domain/commands.ts'
import { fingerprintToKeep } from '../../domain/fingerprint.ts'
import type { MenuItemWithStock } from '../../domain/menu/menu.ts'
import {
  asPlaced,
  placeOrder as decide,
  type Placement,
  type PlacingState,
} from '../../domain/order/place.ts'
import type { OrderState } from '../../domain/order/order.ts'
import { afterMoneyEvent } from '../../domain/order/payment-status.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { TableState } from '../../domain/restaurant/table.ts'
import type { CommandModule, IdempotencyKey } from '../command-module.ts'
import { emitNewOrder, type Context } from '../context.ts'
import { couponsOfHolder, holdCoupons } from '../coupon-moves.ts'
import { enterFirstPayments, type FirstPayments } from '../first-payments.ts'
import { saveLevels } from '../stock-moves.ts'
import { meet } from '../unseen.ts'
import { openVisit } from '../visits.ts'

type Menu = ReadonlyMap<string, MenuItemWithStock>

/** Places an order: everything it decides and writes is one transaction, its key included. */
export const placeOrder: CommandModule<'place-order'> = {
  seen(cx, { key }) {
    const placed = cx.store.orders.placedUnder(stableScope(cx.asker), key)
    if (placed === null) return null
    return {
      fingerprint: placed.fingerprint,
      answer: ok({ order: asPlaced(placed.order), ...firstPayments(cx, placed.order) }),
    }
  },

  run(cx, command, idempotency) {
    const table = findTable(cx, command.table)
    const menu = cx.store.menu.itemsByIds(command.lines.map((line) => line.itemId))
    const coupons = couponsOfHolder(cx, command.couponCodes ?? [])
    if (!coupons.ok) return coupons
    const decided = decidePlacing(cx, { table, menu, coupons: coupons.value }, command)
    if (!decided.ok) return decided
    holdStock(cx, decided.value, menu)
    const first = store(cx, decided.value, table ?? null, command.payerName ?? null, idempotency)
    return ok({ order: asPlaced(decided.value.order), ...first })
  },
}

/** What began with the order, as it is now. */
function firstPayments(cx: Context, order: OrderState): FirstPayments {
  const all = cx.store.payments.ofOrder(order.id)
  const points = all.find(({ provider }) => provider === 'wallet')
  // Staff may have assigned a deposit to an order that was to be paid another way.
  const deposit = all.find(({ method }) => method === 'DEPOSIT' && order.paymentMethod === method)
  return { ...(points && { points }), ...(deposit && { deposit }) }
}

/** Undefined: no such table. A visit's guest who names no table sits at the visit's. */
function findTable(
  cx: Context,
  named: Command<'place-order'>['table'],
): TableState | null | undefined {
  if (named === null) {
    const visit = cx.asker.visit
    return visit === null ? null : (cx.store.tables.get(visit.tableId) ?? undefined)
  }
  const found = 'id' in named ? cx.store.tables.get(named.id) : cx.store.tables.byName(named.name)
  return found ?? undefined
}

function decidePlacing(
  cx: Context,
  found: Pick<PlacingState, 'table' | 'menu' | 'coupons'>,
  command: Command<'place-order'>,
): Result<Placement, Refusal> {
  const { orders } = cx.store
  const restaurant = cx.restaurant()
  const { table } = found
  const openVisitId = table?.openVisitId ?? null
  // Counted only where a cap stands on them.
  const capped = restaurant.paymentPolicy === 'PREPAID'
  // A table that is named by its id stands for all who sit there, and has their visit's cap.
  const one = cx.asker.named === undefined
  return decide(
    {
      ...found,
      restaurant,
      unpaidOfGuest: capped && one ? orders.unpaidOfOwner(stableScope(cx.asker)) : 0,
      unpaidOfVisit: capped && openVisitId !== null ? orders.unpaidOfVisit(openVisitId) : 0,
    },
    command,
    cx.asker,
    {
      orderId: cx.mintTimedId(),
      lineIds: command.lines.map(() => cx.mintRandomId()),
      claimId: cx.mintTimedId,
      visitId: table == null ? null : (openVisitId ?? cx.mintRandomId()),
      dayNumber: (businessDay) => orders.takeNumber(businessDay),
      now: cx.now,
    },
  )
}

function holdStock(cx: Context, { stock }: Placement, menu: Menu): void {
  saveLevels(
    cx,
    stock.flatMap((level) => {
      const item = menu.get(level.itemId)
      return item === undefined ? [] : [{ item, level }]
    }),
  )
}

function store(
  cx: Context,
  placement: Placement,
  table: TableState | null,
  payerName: string | null,
  idempotency: IdempotencyKey | null,
): FirstPayments {
  const first = enterFirstPayments(cx, placement, payerName)
  // As they are read again: by their ids.
  const payments = [first.points, first.deposit]
    .filter((payment) => payment !== undefined)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const { order, seenBy } = meet(
    cx,
    payments.length === 0 ? placement.order : afterMoneyEvent(placement.order, 'payment-opened'),
  )
  if (table !== null && order.visitId !== null && table.openVisitId === null)
    openVisit(cx, table, order.visitId)
  cx.store.orders.insert(order, {
    owner: stableScope(cx.asker),
    idempotencyKey: idempotency?.key ?? null,
    fingerprint: idempotency && fingerprintToKeep(idempotency.fingerprint),
  })
  holdCoupons(cx, order, placement.coupons)
  enterDeadlines(cx, order, seenBy)
  emitNewOrder(cx, order, payments)
  return first
}

function enterDeadlines(cx: Context, order: OrderState, seenBy: number | null): void {
  const times = [
    ['unseen-order', seenBy],
    ['expire-order', order.expiresAt],
    ['accept-deadline', order.acceptBy],
  ] as const
  cx.agenda.setEach(
    times.flatMap(([kind, due]) => (due === null ? [] : [{ kind, subject: order.id, due }])),
  )
}
