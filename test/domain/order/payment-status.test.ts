import { describe, expect, it } from 'vitest'
import { ORDER_PAYMENT_STATUSES } from '../../../src/domain/order/order.ts'
import { afterMoneyEvent, MONEY_EVENTS } from '../../../src/domain/order/payment-status.ts'
import { grid } from '../../support/grid.ts'
import { anOrder } from '../../support/orders.ts'

const AFTER = grid(`
  event            UNPAID      PENDING     PAID                PARTIALLY_REFUNDED  REFUNDED    REFUND_DUE
  payment-opened   PENDING     -           -                   -                   -           -
  payment-over     -           UNPAID      -                   -                   -           -
  captured         PAID        PAID        -                   -                   -           -
  refunded-partly  PARTIALLY_REFUNDED  PARTIALLY_REFUNDED  PARTIALLY_REFUNDED  -  PARTIALLY_REFUNDED  PARTIALLY_REFUNDED
  refunded-whole   REFUNDED    REFUNDED    REFUNDED            REFUNDED            -           REFUNDED
  refund-due       REFUND_DUE  REFUND_DUE  REFUND_DUE          REFUND_DUE          REFUND_DUE  -
  nothing-due      -           -           -                   -                   -           PAID
`)

describe('the payment status of an order', () => {
  it.each(MONEY_EVENTS)('after %s, in every status', (event) => {
    for (const paymentStatus of ORDER_PAYMENT_STATUSES) {
      const order = anOrder({ paymentStatus })
      const wanted = AFTER(event, paymentStatus)
      const after = afterMoneyEvent(order, event)
      if (wanted === '-') expect(after, paymentStatus).toBe(order)
      else expect(after, paymentStatus).toEqual({ ...order, paymentStatus: wanted })
    }
  })

  it('never becomes unpaid again once money came', () => {
    const came = ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED', 'REFUND_DUE'] as const
    for (const paymentStatus of came)
      for (const event of MONEY_EVENTS)
        expect(came).toContain(afterMoneyEvent(anOrder({ paymentStatus }), event).paymentStatus)
  })
})
