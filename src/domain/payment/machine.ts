import type { PaymentState, PaymentStatus } from './payment.ts'

export const PAYMENT_EVENTS = [
  'opened',
  'open-refused',
  'claimed',
  'not-authenticated',
  'awaiting',
  'captured',
  'refused',
  'over',
] as const
export type PaymentEvent = (typeof PAYMENT_EVENTS)[number]

/**
 * The life of one payment: event × status → status; a pair that is not here changes nothing. Money
 * that moved is a fact from wherever it is reported; nothing leads away from CAPTURED.
 */
export const PAYMENT_TABLE: Record<PaymentEvent, Partial<Record<PaymentStatus, PaymentStatus>>> = {
  opened: { OPENING: 'READY' },
  'open-refused': { OPENING: 'FAILED' },
  claimed: { READY: 'CAPTURING' },
  'not-authenticated': { CAPTURING: 'READY' },
  awaiting: { READY: 'AWAITING', CAPTURING: 'AWAITING' },
  captured: {
    OPENING: 'CAPTURED',
    READY: 'CAPTURED',
    CAPTURING: 'CAPTURED',
    AWAITING: 'CAPTURED',
    FAILED: 'CAPTURED',
    ENDED: 'CAPTURED',
  },
  refused: { READY: 'FAILED', CAPTURING: 'FAILED', OPENING: 'FAILED', AWAITING: 'FAILED' },
  over: { OPENING: 'ENDED', READY: 'ENDED', CAPTURING: 'ENDED', AWAITING: 'ENDED' },
}

/** The payment after the event, or null when the event means nothing in its status. */
export function afterPaymentEvent(
  payment: PaymentState,
  event: PaymentEvent,
  changes: Partial<PaymentState> = {},
): PaymentState | null {
  const status = PAYMENT_TABLE[event][payment.status]
  if (status === undefined) return null
  const released = status === 'CAPTURING' ? {} : { attemptId: null, leaseUntil: null }
  return { ...payment, ...released, ...changes, status }
}

/**
 * The guest's money is being asked for. Points that are being taken hold nothing up: what comes after
 * the end is given back.
 */
export const isBeingAsked = ({ status, provider }: PaymentState): boolean =>
  status === 'CAPTURING' && provider !== 'wallet'

const LIVE: readonly PaymentStatus[] = ['OPENING', 'READY', 'CAPTURING', 'AWAITING']
/** A live payment may still bring money by itself. */
export const isLive = (payment: PaymentState): boolean => LIVE.includes(payment.status)
