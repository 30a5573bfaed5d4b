import type { Asker, Role } from '../actor.ts'
import type { PaymentMethod } from '../restaurant/settings.ts'
import type { OrderState, OrderStatus } from './order.ts'

export const ORDER_VERBS = [
  'accept',
  'auto-accept',
  'reject',
  'auto-reject',
  'ready',
  'complete',
  'cancel',
  'void',
  'expire',
  'fail',
] as const
export type OrderVerb = (typeof ORDER_VERBS)[number]

/** `may-be-made`: postpaid, or the money is in. `unpaid`: it waits for money. `no-capture`: no claim on the money is open. */
export type Guard = 'may-be-made' | 'unpaid' | 'no-capture'
/** `settle-difference`: lines that were taken out are paid back, or never paid. */
export type Effect =
  | 'sell-stock'
  | 'release-stock'
  | 'settle-difference'
  | 'refund'
  | 'end-payments'
  | 'give-coupons-back'

export interface Transition {
  from: readonly OrderStatus[]
  to: OrderStatus
  who: readonly (Role | 'SYSTEM')[]
  /** Guests and customers only on what they placed themselves. */
  ownOnly: boolean
  guards: readonly Guard[]
  effects: readonly Effect[]
}

/** The kitchen's people; administrators in their place, by their own route, which leaves a trail. */
const KITCHEN = ['OWNER', 'STAFF', 'ADMIN'] as const
const SYSTEM = ['SYSTEM'] as const
const ENDING = ['release-stock', 'refund', 'end-payments', 'give-coupons-back'] as const

/** Why an order ended whose points could not be taken. */
export const POINTS_REFUSED = 'POINTS_REFUSED'

/** The whole life of an order. There is no way back in it: "undo" is a command held on the tablet. */
export const LIFECYCLE = {
  accept: row('PENDING', 'ACCEPTED', KITCHEN, ['may-be-made'], ['sell-stock', 'settle-difference']),
  'auto-accept': row(
    'PENDING',
    'ACCEPTED',
    SYSTEM,
    ['may-be-made'],
    ['sell-stock', 'settle-difference'],
  ),
  reject: row('PENDING', 'REJECTED', KITCHEN, ['no-capture'], ENDING),
  'auto-reject': row('PENDING', 'REJECTED', SYSTEM, ['no-capture'], ENDING),
  ready: row('ACCEPTED', 'READY', KITCHEN, [], []),
  complete: row('READY', 'COMPLETED', KITCHEN, [], []),
  cancel: {
    ...row(
      'PENDING',
      'CANCELLED',
      ['GUEST', 'CUSTOMER', 'OWNER', 'STAFF', 'SUPPORT', 'INVENTORY', 'MARKETING', 'ADMIN'],
      ['no-capture'],
      ENDING,
    ),
    ownOnly: true,
  },
  void: {
    ...row('PENDING', 'CANCELLED', [...KITCHEN, 'SUPPORT'], ['no-capture'], ENDING),
    from: ['PENDING', 'ACCEPTED', 'READY'],
  },
  expire: row('PENDING', 'EXPIRED', SYSTEM, ['unpaid', 'no-capture'], ENDING),
  /** Its points were refused: the part that another method brings meanwhile goes back. */
  fail: row('PENDING', 'CANCELLED', SYSTEM, [], ENDING),
} as const satisfies Record<OrderVerb, Transition>

function row(
  from: OrderStatus,
  to: OrderStatus,
  who: readonly (Role | 'SYSTEM')[],
  guards: readonly Guard[],
  effects: readonly Effect[],
): Transition {
  return { from: [from], to, who, ownOnly: false, guards, effects }
}

/** What the guards need to know beside the order. */
export interface OrderFacts {
  /** A payment of the order is claimed and its outcome not known yet. */
  capturing: boolean
}

export const OPEN_STATUSES: readonly OrderStatus[] = ['PENDING', 'ACCEPTED', 'READY']
export const isOpen = (status: OrderStatus): boolean => OPEN_STATUSES.includes(status)

/**
 * Whether the money side allows the kitchen to start: postpaid, or the money is in. What is due back
 * of a second payment does not take the order away from who paid it.
 */
export const mayBeMade = (order: OrderState): boolean =>
  order.paymentPolicy === 'POSTPAID' ||
  order.paymentStatus === 'PAID' ||
  (order.paymentStatus === 'PARTIALLY_REFUNDED' && order.capturedAmount >= order.totalAmount) ||
  (order.paymentStatus === 'REFUND_DUE' &&
    order.capturedAmount >= order.totalAmount &&
    order.refundedAmount < order.capturedAmount)

/** Own: placed by the asker's account, or by the asker's session. */
export const isOwn = (order: Pick<OrderState, 'userId' | 'sessionId'>, asker: Asker): boolean =>
  order.sessionId === asker.sessionId || (asker.userId !== null && order.userId === asker.userId)

/** The asker has named it, and the table itself has placed it: there is no guest whose own it is. */
export const isNamed = (
  order: Pick<OrderState, 'id' | 'sessionId' | 'tableId'>,
  asker: Asker,
): boolean => asker.named === order.id && order.sessionId === order.tableId

const GUARDS: Record<Guard, (order: OrderState, facts: OrderFacts) => boolean> = {
  'may-be-made': (order) => mayBeMade(order),
  unpaid: (order) => order.capturedAmount < order.totalAmount && !mayBeMade(order),
  'no-capture': (_, facts) => !facts.capturing,
}

export type Verdict = 'ok' | 'state' | 'capturing' | 'forbidden'

/** Whether the verb may happen now, and if not, why. */
export function judge(
  verb: OrderVerb,
  order: OrderState,
  facts: OrderFacts,
  asker: Asker,
): Verdict {
  const transition: Transition = LIFECYCLE[verb]
  if (!transition.who.includes(asker.role)) return 'forbidden'
  if (transition.ownOnly && !isOwn(order, asker)) return 'forbidden'
  if (!transition.from.includes(order.status)) return 'state'
  const failed = transition.guards.find((guard) => !GUARDS[guard](order, facts))
  if (failed === 'no-capture') return 'capturing'
  return failed === undefined ? 'ok' : 'state'
}

export type Action =
  | Exclude<OrderVerb, 'auto-accept' | 'auto-reject' | 'expire' | 'void' | 'fail'>
  | 'pay'
  | 'acknowledge'

/** What the asker may do with the order now; pages draw their buttons from it. */
export function allowedActions(order: OrderState, facts: OrderFacts, asker: Asker): Action[] {
  const verbs = (['accept', 'reject', 'ready', 'complete', 'cancel'] as const).filter(
    (verb) =>
      // Administrators do the kitchen's part by a route of their own (admin-change.ts).
      (verb === 'cancel' || asker.role !== 'ADMIN') && judge(verb, order, facts, asker) === 'ok',
  )
  const actions: Action[] = [...verbs]
  if (isOwn(order, asker) && isPayable(order) && !facts.capturing) actions.push('pay')
  if ((asker.role === 'OWNER' || asker.role === 'STAFF') && rings(order))
    actions.push('acknowledge')
  return actions
}

/** What guests pay by themselves, away from the counter; points are taken with the order. */
const SELF_PAID: readonly PaymentMethod[] = ['CARD', 'VIRTUAL_ACCOUNT', 'STRIPE', 'DEPOSIT']

/** The guest may pay: by the method that the order was placed with. */
export const isPayable = (order: OrderState): boolean =>
  SELF_PAID.includes(order.paymentMethod) && isOwed(order)

/** Money is wanted for it: prepaid until it ends, postpaid until it is paid; never for nothing. */
export const isOwed = (order: OrderState): boolean =>
  order.capturedAmount < order.totalAmount &&
  (order.paymentStatus === 'UNPAID' || order.paymentStatus === 'PENDING') &&
  (order.paymentPolicy === 'PREPAID'
    ? order.status === 'PENDING'
    : isOpen(order.status) || order.status === 'COMPLETED')

/**
 * The board rings: it may be made, is still open, and no tablet has acknowledged it. An order that the
 * deadline accepted rings on: the guest was told "accepted", and nobody in the kitchen has seen it.
 */
export const rings = (order: OrderState): boolean =>
  order.acknowledgedAt === null && isOpen(order.status) && mayBeMade(order)
