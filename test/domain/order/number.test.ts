import { describe, expect, it } from 'vitest'
import { orderNumber } from '../../../src/domain/order/number.ts'

const Z999 = 26 * 999
const ZZ999 = Z999 + 26 * 26 * 999

describe('the number of an order', () => {
  it.each([
    [1, 'A001'],
    [2, 'A002'],
    [999, 'A999'],
    [1_000, 'B001'],
    [Z999, 'Z999'],
    [Z999 + 1, 'AA001'],
    [Z999 + 999, 'AA999'],
    [Z999 + 1_000, 'AB001'],
    [ZZ999, 'ZZ999'],
    [ZZ999 + 1, 'AAA001'],
  ])('%i of the day is %s', (n, number) => expect(orderNumber(n)).toBe(number))

  it('shows once a day and fits ten characters, for two million orders', () => {
    let last = ''
    const wrong: string[] = []
    for (let n = 1; n <= 2_000_000; n += 1) {
      const number = orderNumber(n)
      const higher = number.length > last.length || number > last
      if (!higher || number.length > 10 || !/^[A-Z]+\d{3}$/.test(number)) wrong.push(number)
      last = number
    }
    expect(wrong).toEqual([])
  })
})
