import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { supertossUrl } from '../../../src/domain/payment/supertoss.ts'

const to = { bank: '토스뱅크', accountNo: '1000-0123-4567', amount: 18_500 }

describe('the link that opens a transfer in the Toss app', () => {
  it('names account and sum as the QR codes of the app do', () => {
    expect(supertossUrl(to)).toBe(
      'supertoss://send?amount=18500&bank=%ED%86%A0%EC%8A%A4%EB%B1%85%ED%81%AC&accountNo=100001234567&origin=qr',
    )
  })

  it.each([
    ['신한은행', '신한'],
    ['KB 국민은행', '국민'],
    ['ＮＨ농협', '농협은행'],
    ['iM뱅크', '대구은행'],
    ['카카오뱅크', '카카오뱅크'],
    ['새마을금고', '새마을금고'],
  ])('calls %s as the app does: %s', (bank, name) => {
    expect(new URL(supertossUrl({ ...to, bank })).searchParams.get('bank')).toBe(name)
  })

  it('keeps zeros in front and whatever an owner typed in its place', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\d-]{6,30}$/),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (accountNo, bank) => {
          const { searchParams } = new URL(supertossUrl({ ...to, accountNo, bank }))
          expect([...searchParams.keys()]).toEqual(['amount', 'bank', 'accountNo', 'origin'])
          expect(searchParams.get('accountNo')).toBe(accountNo.replaceAll('-', ''))
          expect(searchParams.get('amount')).toBe('18500')
        },
      ),
    )
  })
})
