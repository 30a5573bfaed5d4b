import type { OrderPaymentStatus, OrderStatus } from '../../../src/domain/order/order.ts'
import { isEndedPayment, isOver, isPostpaid, type Row, type State } from './rows.ts'
import { FIRST_PART, TOTAL } from './ways.ts'

/** Money as the outside world has it. */
export interface Came {
  /** By the payment that the row is about (or by another of its kind in its place). */
  main: boolean
  /** Points beside a card. */
  points: boolean
}

export interface Expected {
  status: OrderStatus
  paymentStatus: OrderPaymentStatus
  /** What of all the money stays with the restaurant in the end, and is not due back. */
  kept: number
}

const UNMADE = { kept: 0 } as const
const LEFT = TOTAL / 2

/** Whether the money moves in the end. */
export function moneyComes(row: Row): boolean {
  const { way, state } = row
  switch (way) {
    case 'stripe':
      return state !== 'voided'
    case 'payaction':
    case 'feed':
      return true
    case 'counter':
      return !isOver(state) && state !== 'paid'
    case 'points':
      return pointsCome(row)
    case 'card':
    case 'account':
    case 'points+card':
      if (way === 'account' && row.first !== 'browser') return state !== 'voided'
      return row.first === 'browser' ? cardComes(row) : true
  }
}

function cardComes({ fault, repeat, state, points }: Row): boolean {
  const goesOn = repeat === 'again' && !isEndedPayment(state)
  if (fault === 'cut before the claim' || fault === 'refused, and not done') return goesOn
  // The guest can go on when the claim is over; by then points that there are not have ended it.
  if (fault === 'cut after the claim' || fault === 'unknown, and not done')
    return goesOn && points !== 'refused'
  return true
}

function pointsCome({ first, fault, state }: Row): boolean {
  if (fault === 'refused, and not done' || state === 'voided') return false
  const neverTaken = fault === 'cut after the claim' || fault === 'unknown, and not done'
  return !(first === 'browser' && neverTaken && isOver(state))
}

const ENDED: Partial<Record<State, OrderStatus>> = {
  expired: 'EXPIRED',
  cancelled: 'CANCELLED',
  voided: 'CANCELLED',
  rejected: 'REJECTED',
}

/** Nobody but the account's feed tells: its line names no order. */
function isFeedAlone({ way, first, repeat, fault }: Row): boolean {
  if (way !== 'feed') return false
  if (first === 'webhook') return repeat !== 'all'
  return fault === 'cut before the claim' && repeat !== 'again'
}

/** The guest was told "refused", paid anew, and had paid before. */
const isPaidTwice = ({ first, fault, repeat }: Row): boolean =>
  first === 'browser' && fault === 'refused, and done' && repeat === 'again'

/** What becomes of the order, by what the outside world did and nothing else. */
export function expected(row: Row, came: Came): Expected {
  const { way, state } = row
  const { main } = came
  const parts = way === 'counter' || came.points
  const ended = ENDED[state]
  // No machine pays these back: people must.
  const byPeople = ['account', 'payaction', 'feed', 'counter'].includes(way)
  const back = byPeople ? 'REFUND_DUE' : 'REFUNDED'
  // Money that names no order, and that none waits for, is for staff to decide on.
  const paysLate = main && !(isFeedAlone(row) && isEndedPayment(state))
  if (ended !== undefined)
    return { status: ended, paymentStatus: paysLate || parts ? back : 'UNPAID', ...UNMADE }
  if (state === 'paid')
    return {
      status: 'ACCEPTED',
      paymentStatus: paysLate && byPeople && way !== 'counter' ? 'REFUND_DUE' : 'PAID',
      kept: TOTAL,
    }
  if (!isPostpaid(state)) return prepaid(row, came, back)
  const status = state === 'completed' ? 'COMPLETED' : 'ACCEPTED'
  const held = came.points ? FIRST_PART : 0
  if (!paysLate) return { status, paymentStatus: 'UNPAID', kept: held }
  if (state !== 'short') return { status, paymentStatus: paidStatus(row), kept: TOTAL }
  if (way === 'counter') return { status, paymentStatus: 'PAID', kept: LEFT }
  const paymentStatus = byPeople ? 'REFUND_DUE' : 'PARTIALLY_REFUNDED'
  return { status, paymentStatus, kept: LEFT }
}

/** What came twice goes back by itself, but for transfers. */
const paidStatus = (row: Row): OrderPaymentStatus =>
  row.way === 'account' && isPaidTwice(row) ? 'REFUND_DUE' : 'PAID'

function prepaid(row: Row, { main, points }: Came, back: 'REFUNDED' | 'REFUND_DUE'): Expected {
  const pointsFail =
    (row.way === 'points+card' && row.points === 'refused') || (row.way === 'points' && !main)
  if (pointsFail) return { status: 'CANCELLED', paymentStatus: main ? back : 'UNPAID', ...UNMADE }
  if (main) return { status: 'ACCEPTED', paymentStatus: paidStatus(row), kept: TOTAL }
  return { status: 'EXPIRED', paymentStatus: points ? back : 'UNPAID', ...UNMADE }
}
