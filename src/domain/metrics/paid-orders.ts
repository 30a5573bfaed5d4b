import type { DomainEvent } from '../events.ts'
import type { PaymentMethod } from '../restaurant/settings.ts'

export interface PaidOrder {
  method: PaymentMethod
  /** From the scan of the table's code; null where none led to it, or the visit had paid before. */
  secondsSinceScan: number | null
}

/** The orders that these events tell to be paid now. */
export const paidOrdersOf = (events: readonly DomainEvent[]): PaidOrder[] =>
  events.flatMap(({ type, subject, at }) =>
    type === 'PAYMENT_COMPLETED' && subject.kind === 'order'
      ? [
          {
            method: subject.order.paymentMethod,
            secondsSinceScan:
              subject.scannedAt === undefined ? null : (at - subject.scannedAt) / 1_000,
          },
        ]
      : [],
  )
