import { describe, expect, it } from 'vitest'
import { orderCodeOf } from '../../../src/domain/payment/order-code.ts'
import { createDepositReader } from '../../../src/providers/payaction/webhook.ts'
import { MALL } from '../../sandbox/payaction-world.ts'

const PAYMENT_ID = '019a9f00-0000-8000-8000-0a1b2c3d4e5f'
type Reader = ReturnType<typeof createDepositReader>
const reader = createDepositReader(MALL)
const read = (body: unknown) => reader.read(body)
const isFrom = (...given: Parameters<Reader['isFrom']>) => reader.isFrom(...given)

const matched = {
  order_number: orderCodeOf(PAYMENT_ID),
  order_status: '매칭완료',
  processing_date: '2026-11-20T12:00:00+09:00',
}
const money = { transaction_type: 'deposited', transaction_name: ' 김민수 ', amount: 18_000 }

describe('what PayAction posts', () => {
  it('is that the deposit of a payment is in', () => {
    const { order_number: orderNumber, processing_date: at } = matched
    const news = { kind: 'matched', orderNumber, paymentId: PAYMENT_ID, at }
    expect(read(matched)).toEqual(news)
    expect(read({ ...matched, cashbill: { id: 'c', status: 'issued' } })).toEqual(news)
    const { processing_date: _, ...undated } = matched
    expect(read(undated)).toEqual({ ...news, at: null })
  })

  it('may be about a number that is none of ours', () => {
    expect(read({ ...matched, order_number: '20261120-0001' })).toMatchObject({
      kind: 'matched',
      paymentId: null,
    })
  })

  it('is money of somebody, as the feed tells', () => {
    const news = { kind: 'deposited', payerName: '김민수', amount: 18_000 }
    expect(read(money)).toEqual(news)
    expect(read({ ...money, amount: '18,000', balance: 5 })).toEqual(news)
    expect(read({ ...money, transaction_name: '김'.repeat(500) })).toMatchObject({
      payerName: '김'.repeat(100),
    })
  })

  it.each([
    ['ORDER_STATUS', { ...matched, order_status: '매칭대기' }],
    ['TRANSACTION_TYPE', { ...money, transaction_type: 'withdrawn' }],
    ['UNREADABLE', { ...money, amount: -5 }],
    ['UNREADABLE', { ...money, amount: 0 }],
    ['UNREADABLE', { ...money, amount: 1.5 }],
    ['UNREADABLE', { ...money, amount: '1e9' }],
    ['UNREADABLE', { ...money, amount: 1e15 }],
    ['UNREADABLE', { ...matched, order_number: 7 }],
    ['UNREADABLE', { ...matched, order_number: 'A'.repeat(300) }],
    ['UNREADABLE', {}],
    ['UNREADABLE', null],
    ['UNREADABLE', []],
    ['UNREADABLE', '매칭완료'],
  ])('is no news (%s): %o', (reason, body) => {
    expect(read(body)).toEqual({ kind: 'nothing', reason })
  })
})

describe('whether it is PayAction', () => {
  const shown = { mallId: MALL.mallId, webhookKey: MALL.webhookKey }
  const own = {
    'payaction-mall-id': 'own-mall ',
    'payaction-api-key': 'own-key',
    'payaction-webhook-key': '\town-webhook-key\n',
  }
  const shownOwn = { mallId: 'own-mall', webhookKey: 'own-webhook-key' }

  it('shows in both of its keys', () => {
    expect(isFrom(null, shown)).toBe(true)
    expect(isFrom(own, shownOwn)).toBe(true)
  })

  it.each([
    ['another mall', null, { ...shown, mallId: 'other-mall' }],
    ['another key', null, { ...shown, webhookKey: `${shown.webhookKey}x` }],
    ['half a key', null, { ...shown, webhookKey: shown.webhookKey.slice(0, 5) }],
    ['nothing', null, { mallId: '', webhookKey: '' }],
    ["the deployment's keys at a restaurant's own mall", own, shown],
    ["a restaurant's keys at the deployment's mall", null, shownOwn],
    ['half of each', own, { mallId: 'own-mall', webhookKey: shown.webhookKey }],
    [
      'nothing where the restaurant has no webhook key',
      { 'payaction-mall-id': 'm' },
      { mallId: 'm', webhookKey: '' },
    ],
  ])('does not show in %s', (_, keys, given) => {
    expect(isFrom(keys, given)).toBe(false)
  })

  it('cannot be shown to a deployment without a mall', () => {
    expect(createDepositReader(null).isFrom(null, { mallId: '', webhookKey: '' })).toBe(false)
  })
})
