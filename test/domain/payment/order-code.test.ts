import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idOfOrderCode, orderCodeOf } from '../../../src/domain/payment/order-code.ts'

const SMALLEST = '00000000-0000-0000-0000-000000000000'
const LARGEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

describe("an id in PayAction's 22 characters", () => {
  it('comes back from its code, whatever it is', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const code = orderCodeOf(id)
        expect(code).toMatch(/^[0-9A-Za-z]{22}$/)
        expect(idOfOrderCode(code)).toBe(id)
      }),
    )
  })

  it('has one code, and a code one id', () => {
    const code = fc.stringMatching(/^[0-9A-Za-z]{22}$/)
    fc.assert(
      fc.property(code, (text) => {
        const id = idOfOrderCode(text)
        if (id !== null) expect(orderCodeOf(id)).toBe(text)
      }),
    )
  })

  it.each([
    [SMALLEST, '0'.repeat(22)],
    [LARGEST, '7n42DGM5Tflk9n8mt7Fhc7'],
  ])('reaches to the ends: %s', (id, code) => {
    expect(orderCodeOf(id)).toBe(code)
    expect(idOfOrderCode(code)).toBe(id)
  })

  it.each([
    '',
    '0'.repeat(21),
    '0'.repeat(23),
    `${'0'.repeat(21)}-`,
    `${'0'.repeat(21)}가`,
    // One more than 128 bits.
    '7n42DGM5Tflk9n8mt7Fhc8',
    'z'.repeat(22),
    LARGEST,
    '__proto__',
  ])('is in nothing else: %j', (text) => {
    expect(idOfOrderCode(text)).toBeNull()
  })
})
