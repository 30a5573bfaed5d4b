import type { DomainEvent } from '../events.ts'
import type { PaymentMethod } from '../restaurant/settings.ts'

export interface PaidOrder {
  method: PaymentMethod
  /** From the scan of the table's code; null where none led to it, or the visit had paid before. */
  secondsSinceScan: number | null
}

/** What events say that is counted as they are taken in. */
export interface ToldByEvents {
  paid: readonly PaidOrder[]
  unseen: number
}

/** Sums up a batch of events. */
export const toldBy = (events: readonly DomainEvent[]): ToldByEvents => ({
  paid: events.flatMap(({ type, subject, at }) =>
    type === 'PAYMENT_COMPLETED' && subject.kind === 'order'
      ? [
          {
            method: subject.order.paymentMethod,
            secondsSinceScan:
              subject.scannedAt === undefined ? null : (at - subject.scannedAt) / 1_000,
          },
        ]
      : [],
  ),
  unseen: events.filter(({ type }) => type === 'ORDER_UNSEEN').length,
})
