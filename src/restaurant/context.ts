import type { Asker } from '../domain/actor.ts'
import type { DomainEvent, NewEvent, OrderEventType } from '../domain/events.ts'
import { mintRandomId, mintTimedId } from '../domain/ids.ts'
import type { OrderState } from '../domain/order/order.ts'
import type { OrderFacts } from '../domain/order/lifecycle.ts'
import { isBeingAsked } from '../domain/payment/machine.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import type { RestaurantState } from '../domain/restaurant/settings.ts'
import type { Runtime } from '../runtime.ts'
import { createAgenda, type Agenda } from './agenda.ts'
import { PUBLISH_BACKUP_MS } from './outbox.ts'
import type { Store } from './store/store.ts'

/** What one transaction works with: one reading of the clock, the rows, and what it will announce. */
export interface Context {
  readonly now: number
  readonly key: string
  readonly asker: Asker
  readonly store: Store
  readonly agenda: Agenda
  /** Events of this transaction, numbered, in order. Sent to sockets after the commit. */
  readonly events: DomainEvent[]
  readonly restaurant: () => RestaurantState
  readonly saveSettings: (restaurant: RestaurantState) => void
  /** Every change that a reader of the menu could see raises its version. */
  readonly raiseMenuVersion: () => void
  readonly mintRandomId: () => string
  readonly mintTimedId: () => string
  readonly randomBytes: (length: number) => Uint8Array
  /** Whether a staff's board is connected. */
  readonly boardConnected: () => boolean
  /** Numbers the event and stores it in this transaction; publishing is entered in the agenda. */
  readonly emit: (event: NewEvent) => void
  /** A savepoint was rolled back: what was announced since `events` events goes with it. */
  readonly rolledBackTo: (events: number) => void
  /** What is announced and entered meanwhile continues that trace. */
  readonly within: <T>(traceId: string | null, work: () => T) => T
  /** The same transaction on behalf of someone else. */
  readonly as: (asker: Asker) => Context
}

/** Opens the context of one transaction. */
export function openContext(parts: {
  now: number
  key: string
  asker: Asker
  store: Store
  runtime: Runtime
  boardConnected: () => boolean
  traceId?: string | null
}): Context {
  const { now, key, store, runtime, boardConnected } = parts
  let traceId = parts.traceId ?? null
  const agenda = createAgenda(store.agenda, () => traceId)
  const events: DomainEvent[] = []
  const restaurant = () => store.restaurant.get()
  const timedId = () => mintTimedId(key, now, (length) => runtime.random(length))
  const emit = (event: NewEvent): void => {
    const { id, epoch } = restaurant()
    const seq = store.events.lastSeq() + 1
    const of = { id: timedId(), restaurantId: id, epoch, seq, at: now }
    const numbered = { ...event, ...of, ...(traceId !== null && { traceId }) }
    store.events.append(numbered)
    events.push(numbered)
    agenda.expect('publish', 'outbox', now + PUBLISH_BACKUP_MS)
  }
  const base = {
    now,
    key,
    store,
    agenda,
    events,
    emit,
    restaurant,
    saveSettings: (changed: RestaurantState) => store.restaurant.saveSettings(changed),
    raiseMenuVersion: () => store.restaurant.raiseMenuVersion(),
    boardConnected,
    rolledBackTo(count: number) {
      events.length = count
    },
    mintRandomId: () => mintRandomId(key, (length) => runtime.random(length)),
    mintTimedId: timedId,
    randomBytes: (length: number) => runtime.random(length),
  }
  const within = <T>(of: string | null, work: () => T): T => {
    const before = traceId
    traceId = of
    try {
      return work()
    } finally {
      traceId = before
    }
  }
  const as = (asker: Asker): Context => ({ ...base, asker, within, as })
  return as(parts.asker)
}

/** What guards need to know beside the order. */
export const factsOf = (cx: Pick<Context, 'store'>, orderId: string): OrderFacts => ({
  capturing: cx.store.payments.ofOrder(orderId).some(isBeingAsked),
})

/** Announces an order that was placed just now, with what was opened along with it. */
export function emitNewOrder(
  cx: Context,
  order: OrderState,
  payments: readonly PaymentState[],
): void {
  const subject = { kind: 'order', order, payments, refunds: [] } as const
  cx.emit({ type: 'NEW_ORDER', subject, message: null })
}

/** Announces an order with everything that hangs on it. */
export function emitOrder(
  cx: Context,
  type: Exclude<OrderEventType, 'NEW_ORDER'>,
  order: OrderState,
  message: string | null = null,
): void {
  cx.emit({
    type,
    subject: {
      kind: 'order',
      order,
      payments: cx.store.payments.ofOrder(order.id),
      refunds: cx.store.payments.refundsOfOrder(order.id),
      ...(type === 'PAYMENT_COMPLETED' && scanBefore(cx, order)),
    },
    message,
  })
}

/** A party that orders again has been sitting there for long: only what it pays first tells of the way. */
function scanBefore({ store }: Context, { id, visitId }: OrderState): { scannedAt?: number } {
  const visit = visitId === null ? null : store.tables.visit(visitId)
  if (visit === null) return {}
  const others = store.orders.ofVisit(visit.id).filter((order) => order.id !== id)
  return others.some(({ capturedAmount }) => capturedAmount > 0)
    ? {}
    : { scannedAt: visit.openedAt }
}
