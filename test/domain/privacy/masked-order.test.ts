import { describe, expect, it } from 'vitest'
import {
  maskedOrder,
  maskedPayment,
  maskedRefund,
} from '../../../src/domain/privacy/masked-order.ts'
import { anOrder, aPayment, aRefund } from '../../support/orders.ts'

const WRITTEN = '010-1234-5678 김민수'
const MASKED = '***-****-5678 김민수'

describe('an order as support sees it', () => {
  it('is without the numbers and e-mails in what people wrote', () => {
    const order = anOrder({ specialRequests: WRITTEN, message: WRITTEN, endReason: WRITTEN })
    expect(maskedOrder(order)).toEqual({
      ...order,
      specialRequests: MASKED,
      message: MASKED,
      endReason: MASKED,
    })
    const plain = anOrder({ specialRequests: null, message: null, endReason: null })
    expect(maskedOrder(plain)).toEqual(plain)
  })

  it('has payments without their payers', () => {
    const account = { bank: '신한', accountNo: '110-123-456789', holder: '김민수', dueAt: 1 }
    const payment = aPayment({ payerName: '홍길동', account })
    expect(maskedPayment(payment)).toEqual({
      ...payment,
      payerName: '홍*동',
      account: { ...account, accountNo: '***-***-***789', holder: '김*수' },
    })
    const card = aPayment({ payerName: null, account: null })
    expect(maskedPayment(card)).toEqual(card)
  })

  it('has refunds without what was written about them', () => {
    const proof = { method: 'TRANSFER', note: WRITTEN, by: 'b', at: 1 } as const
    const refund = aRefund({ reason: WRITTEN, proof })
    expect(maskedRefund(refund)).toEqual({
      ...refund,
      reason: MASKED,
      proof: { ...proof, note: MASKED },
    })
  })
})
