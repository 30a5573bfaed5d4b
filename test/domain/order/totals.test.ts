import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Quote } from '../../../src/domain/menu/quote.ts'
import { MAX_AMOUNT_MINOR } from '../../../src/domain/money.ts'
import type { OrderLine, OrderState } from '../../../src/domain/order/order.ts'
import { asPlaced } from '../../../src/domain/order/place.ts'
import { priceOrder } from '../../../src/domain/order/price-order.ts'
import { chargesOf, keptOf, netOf, totalOf } from '../../../src/domain/order/totals.ts'
import { move } from '../../../src/domain/order/transition.ts'
import { amountOfLines, withRefundedLines } from '../../../src/domain/payment/refunding.ts'
import { aLine, anAsker, anOrder, NOW, paid } from '../../support/orders.ts'

const NO_FEES = { packagingFeeAmount: 0, serviceFeeBasisPoints: 0, taxBasisPoints: 0 }
type Fees = typeof NO_FEES

const quoteOf = (...lines: OrderLine[]): Quote => ({
  lines: lines.map(({ id: _i, unavailableQuantity: _u, ...line }) => line),
  totalAmount: lines.reduce((sum, { total }) => sum + total, 0),
  currency: 'KRW',
  menuVersion: 7,
})

function priced(fees: Partial<Fees>, atTable: boolean, shares: number[], ...lines: OrderLine[]) {
  const result = priceOrder(quoteOf(...lines), { ...NO_FEES, ...fees }, atTable, shares)
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

const CHICKEN = aLine({ id: 'l1', unitPrice: 18_000, quantity: 2 })
const COLA = aLine({ id: 'l2', itemId: 'cola', unitPrice: 2_000, quantity: 1 })

describe('what an order comes to', () => {
  it('is the sum of its lines where nothing stands beside them', () => {
    expect(priced({}, true, [], CHICKEN, COLA)).toEqual({
      ...quoteOf(CHICKEN, COLA),
      charges: null,
    })
    expect(priced({ packagingFeeAmount: 500 }, true, [0, 0], CHICKEN).charges).toBeNull()
    expect(priced({ serviceFeeBasisPoints: 500 }, false, [], CHICKEN).charges).toBeNull()
  })

  it.each<[string, Partial<Fees>, boolean, number[], number, object]>([
    [
      'packaging once, away from tables',
      { packagingFeeAmount: 500, serviceFeeBasisPoints: 500 },
      false,
      [],
      38_500,
      { subtotalAmount: 38_000, packagingFeeAmount: 500, serviceFeeAmount: 0 },
    ],
    [
      'service at tables',
      { packagingFeeAmount: 500, serviceFeeBasisPoints: 500 },
      true,
      [],
      39_900,
      { packagingFeeAmount: 0, serviceFeeAmount: 1_900 },
    ],
    [
      'service of what is left after discount',
      { serviceFeeBasisPoints: 1_000 },
      true,
      [6_000, 2_000],
      33_000,
      { subtotalAmount: 38_000, discountAmount: 8_000, serviceFeeAmount: 3_000 },
    ],
    [
      'the tax that it contains, without adding it',
      { taxBasisPoints: 1_000 },
      true,
      [],
      38_000,
      { taxAmount: 3_455, taxBasisPoints: 1_000 },
    ],
    [
      'tax of the fees, too',
      { taxBasisPoints: 1_000, packagingFeeAmount: 500 },
      false,
      [],
      38_500,
      { taxAmount: 3_500 },
    ],
    [
      'nothing where all of it is taken off',
      { serviceFeeBasisPoints: 3_000, taxBasisPoints: 1_000 },
      true,
      [36_000, 2_000],
      0,
      { discountAmount: 38_000, serviceFeeAmount: 0, taxAmount: 0 },
    ],
    [
      'packaging where all else is taken off',
      { packagingFeeAmount: 500 },
      false,
      [36_000, 2_000],
      500,
      { discountAmount: 38_000 },
    ],
  ])('counts %s', (_, fees, atTable, shares, total, charges) => {
    const order = priced(fees, atTable, shares, CHICKEN, COLA)
    expect(order.totalAmount).toBe(total)
    expect(order.charges).toMatchObject(charges)
  })

  it.each([
    // Halves of a minor unit: up in a fee, and to the price in the tax.
    [{ serviceFeeBasisPoints: 50 }, 100, { serviceFeeAmount: 1, taxAmount: 0 }],
    [{ serviceFeeBasisPoints: 49 }, 100, { serviceFeeAmount: 0, taxAmount: 0 }],
    [{ taxBasisPoints: 2_000 }, 3, { taxAmount: 0 }],
    [{ taxBasisPoints: 10_000 }, 10, { taxAmount: 5 }],
    [{ taxBasisPoints: 1_000 }, MAX_AMOUNT_MINOR, { taxAmount: 90_909_090_909 }],
    [{ taxBasisPoints: 9_999 }, MAX_AMOUNT_MINOR, { taxAmount: 499_974_998_750 }],
  ])('rounds %o of %i', (fees, unitPrice, charges) => {
    expect(priced(fees, true, [], aLine({ unitPrice })).charges).toMatchObject(charges)
  })

  it('stays below the largest amount, fees included', () => {
    const lines = [aLine({ unitPrice: MAX_AMOUNT_MINOR })]
    const fees = { ...NO_FEES, serviceFeeBasisPoints: 1 }
    expect(priceOrder(quoteOf(...lines), fees, true, [])).toEqual({
      ok: false,
      refusal: { kind: 'INVALID', errors: [{ field: 'items', reason: 'total_too_large' }] },
    })
    expect(priceOrder(quoteOf(...lines), fees, false, [])).toMatchObject({ ok: true })
  })

  it('names the discount on the lines that have a share of it', () => {
    const { lines } = priced({}, true, [0, 500], CHICKEN, COLA)
    expect(lines.map(({ discount }) => discount)).toEqual([undefined, 500])
  })
})

describe('portions of a discounted line', () => {
  it.each([
    [3, 1_000],
    [2, 667],
    [1, 334],
    [0, 0],
  ])('%i of three for 1,000', (portions, net) => {
    expect(netOf({ unitPrice: 400, quantity: 3, discount: 200 }, portions)).toBe(net)
  })
})

const anyLine = fc
  .record({
    unitPrice: fc.oneof(fc.nat(50_000), fc.constantFrom(0, 1, 7, 1_000_000_000)),
    quantity: fc.integer({ min: 1, max: 12 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ part, ...line }) => ({
    ...line,
    share: Math.floor(line.unitPrice * line.quantity * part),
  }))
const anyOrder = fc
  .record({
    lines: fc.array(anyLine, { minLength: 1, maxLength: 5 }),
    packagingFeeAmount: fc.constantFrom(0, 1, 500, 1_000_000),
    serviceFeeBasisPoints: fc.nat(3_000),
    taxBasisPoints: fc.nat(10_000),
    atTable: fc.boolean(),
    discounted: fc.boolean(),
  })
  .map(({ lines: raw, atTable, discounted, ...fees }): OrderState => {
    const lines = raw.map(({ share: _, ...line }, index) => aLine({ ...line, id: `l${index}` }))
    const shares = discounted ? raw.map(({ share }) => share) : []
    const { charges, totalAmount, lines: quoted } = priced(fees, atTable, shares, ...lines)
    return anOrder({
      ...{ charges, totalAmount, placedAmount: totalAmount },
      lines: lines.map((line, index) => ({ ...line, ...quoted[index] })),
    })
  })
/** Which line loses how many of its portions, one step after the other. */
const anySteps = fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 12 })), { maxLength: 12 })

/** As many of the wanted portions as the line still has. */
function portionsOf(order: OrderState, [at, wanted]: [number, number]) {
  const line = order.lines[at % order.lines.length]
  if (line === undefined) return null
  const left = line.quantity - line.unavailableQuantity - (line.refundedQuantity ?? 0)
  const quantity = Math.min(wanted, left)
  return quantity === 0 ? null : { lineId: line.id, quantity }
}

describe('any order', () => {
  it('is made of what it says it is made of', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const { charges } = order
        expect(totalOf(order)).toBe(order.totalAmount)
        if (charges == null) return
        const { subtotalAmount, discountAmount, packagingFeeAmount, serviceFeeAmount } = charges
        expect(subtotalAmount).toBe(order.lines.reduce((sum, { total }) => sum + total, 0))
        expect(discountAmount).toBe(
          order.lines.reduce((sum, { discount = 0 }) => sum + discount, 0),
        )
        expect(discountAmount).toBeLessThanOrEqual(subtotalAmount)
        expect(subtotalAmount - discountAmount + packagingFeeAmount + serviceFeeAmount).toBe(
          order.totalAmount,
        )
        expect(charges.taxAmount).toBeGreaterThanOrEqual(0)
        expect(charges.taxAmount * 2).toBeLessThanOrEqual(order.totalAmount)
      }),
    )
  })

  it('pays back by portions, in any way, what it costs in all', () => {
    fc.assert(
      fc.property(anyOrder, anySteps, (placed, steps) => {
        let order = placed
        let back = 0
        for (const step of steps) {
          const portion = portionsOf(order, step)
          if (portion === null) continue
          const amount = amountOfLines(order, [portion])
          expect(amount).toBeGreaterThanOrEqual(0)
          back += amount
          order = withRefundedLines(order, [portion])
          expect(back + keptOf(order)).toBe(placed.totalAmount)
        }
        const rest = order.lines.flatMap((_, at) => portionsOf(order, [at, 99]) ?? [])
        expect(back + amountOfLines(order, rest)).toBe(placed.totalAmount)
      }),
    )
  })

  it('keeps the same whether portions are paid back before or after others are taken out', () => {
    fc.assert(
      fc.property(anyOrder, anySteps, anySteps, (placed, first, second) => {
        let order = paid(placed)
        let back = 0
        for (const step of first) {
          const portion = portionsOf(order, step)
          if (portion === null) continue
          back += amountOfLines(order, [portion])
          order = withRefundedLines(order, [portion])
        }
        const taken = new Map<string, number>()
        for (const [at, wanted] of second) {
          const line = order.lines[at % order.lines.length]
          if (line !== undefined) taken.set(line.id, Math.min(wanted, line.quantity))
        }
        const unavailableLines = [...taken].map(([lineId, quantity]) => ({ lineId, quantity }))
        const moved = move('accept', order, { capturing: false }, anAsker('OWNER'), NOW, {
          unavailableLines,
        })
        fc.pre(moved.ok)
        const { order: accepted, refundedBefore } = moved.value
        const difference = placed.totalAmount - accepted.totalAmount - refundedBefore
        expect(difference).toBeGreaterThanOrEqual(0)
        expect(back + difference + keptOf(accepted)).toBe(placed.totalAmount)
        expect(asPlaced(accepted)).toEqual(asPlaced(placed))
        if (accepted.charges)
          expect(chargesOf(accepted.lines, accepted.charges)).toEqual({
            charges: accepted.charges,
            totalAmount: accepted.totalAmount,
          })
      }),
    )
  })
})

describe('paying back by line', () => {
  const order = (atTable: boolean) => {
    const fees = { packagingFeeAmount: 500, serviceFeeBasisPoints: 1_000, taxBasisPoints: 1_000 }
    const quoted = priced(fees, atTable, [3_600, 0], CHICKEN, COLA)
    return anOrder({
      ...{ charges: quoted.charges, totalAmount: quoted.totalAmount },
      lines: [{ ...CHICKEN, discount: 3_600 }, COLA],
    })
  }

  it('brings back the net price with its part of the service fee', () => {
    expect(amountOfLines(order(true), [{ lineId: 'l1', quantity: 1 }])).toBe(16_200 + 1_620)
  })

  it('keeps the packaging until the last portion goes back', () => {
    const takeAway = order(false)
    const chicken = { lineId: 'l1', quantity: 2 }
    expect(amountOfLines(takeAway, [chicken])).toBe(32_400)
    const without = withRefundedLines(takeAway, [chicken])
    expect(amountOfLines(without, [{ lineId: 'l2', quantity: 1 }])).toBe(2_500)
  })
})
