import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAvailable } from '../../../src/domain/menu/availability.ts'
import type { ItemOption } from '../../../src/domain/menu/menu.ts'
import { quote } from '../../../src/domain/menu/pricing.ts'
import type { RequestedLine } from '../../../src/domain/menu/quote.ts'
import { MAX_AMOUNT_MINOR } from '../../../src/domain/money.ts'
import { anItem, menuOf } from '../../support/orders.ts'

const SAUCE_ID = '0f00aaaa-0000-8000-8000-00000000abcd'
const anOption = (more: Partial<ItemOption> = {}): ItemOption => ({
  id: 'size',
  name: '크기',
  required: true,
  min: 1,
  max: 1,
  choices: [
    { id: 'half', name: '반마리', priceDelta: -8_000 },
    { id: 'whole', name: '한마리', priceDelta: 0 },
  ],
  ...more,
})
const SAUCES = anOption({
  id: 'sauce',
  name: '소스',
  required: false,
  min: 2,
  max: 3,
  choices: [
    { id: SAUCE_ID, name: '양념', priceDelta: 1_000 },
    { id: 'soy', name: '간장', priceDelta: 500 },
    { id: 'garlic', name: '마늘', priceDelta: 700 },
    { id: 'honey', name: '허니', priceDelta: 900 },
  ],
})
const MENU = menuOf(
  anItem({ id: 'plain', name: '치킨', price: 18_000 }),
  anItem({ id: 'sized', name: '옛날통닭', price: 17_000, options: [anOption(), SAUCES] }),
  anItem({ id: 'cola', number: 2, name: '콜라', price: 2_000 }),
  anItem({ id: 'gone', deleted: true }),
)
const TERMS = { currency: 'KRW', menuVersion: 7 } as const

const aLine = (itemId: string, quantity = 1, options: RequestedLine['options'] = []) => ({
  itemId,
  quantity,
  options,
})
const size = (choice: string) => ({ optionId: 'size', choice })
const sauce = (choice: string) => ({ optionId: 'sauce', choice })

function priced(...lines: RequestedLine[]) {
  const result = quote(lines, MENU, TERMS)
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}
function errors(...lines: RequestedLine[]) {
  const result = quote(lines, MENU, TERMS)
  return result.ok || result.refusal.kind !== 'INVALID' ? [] : result.refusal.errors
}

describe('pricing an order', () => {
  it('takes names and prices from the restaurant’s own menu', () => {
    expect(priced(aLine('plain', 2), aLine('cola', 3))).toEqual({
      ...TERMS,
      totalAmount: 42_000,
      lines: [
        {
          itemId: 'plain',
          itemNumber: 1,
          name: '치킨',
          options: [],
          unitPrice: 18_000,
          quantity: 2,
          total: 36_000,
        },
        {
          itemId: 'cola',
          itemNumber: 2,
          name: '콜라',
          options: [],
          unitPrice: 2_000,
          quantity: 3,
          total: 6_000,
        },
      ],
    })
  })

  it('adds what choices cost to each portion, and takes off what they save', () => {
    const options = [size('half'), sauce('soy'), sauce('garlic')]
    expect(priced(aLine('sized', 2, options)).lines[0]).toMatchObject({
      unitPrice: 17_000 - 8_000 + 500 + 700,
      total: 2 * 10_200,
      options: [
        { optionId: 'size', optionName: '크기', choiceId: 'half', choiceName: '반마리' },
        { choiceId: 'soy', priceDelta: 500 },
        { choiceId: 'garlic', priceDelta: 700 },
      ],
    })
  })

  it('knows a choice by its id, in capitals too, or by its name', () => {
    for (const choice of [SAUCE_ID, SAUCE_ID.toUpperCase(), '양념'])
      expect(
        priced(aLine('sized', 1, [size('whole'), sauce(choice), sauce('간장')])).lines[0],
      ).toMatchObject({ options: [{}, { choiceId: SAUCE_ID, choiceName: '양념' }, {}] })
  })

  it.each([
    [
      'an option the item does not have',
      aLine('plain', 1, [size('half')]),
      { field: 'items.0.options.0.option_id', reason: 'unknown_option' },
    ],
    [
      'a choice the option does not have',
      aLine('sized', 1, [size('whole'), sauce('ketchup')]),
      { field: 'items.0.options.1.choice', reason: 'unknown_choice' },
    ],
    [
      'a choice of another option',
      aLine('sized', 1, [size('whole'), sauce('half')]),
      { field: 'items.0.options.1.choice', reason: 'unknown_choice' },
    ],
    [
      'a line without an option that is required',
      aLine('sized'),
      { field: 'items.0.options.size', reason: 'required_option' },
    ],
    [
      'more choices than the option takes',
      aLine('sized', 1, [size('whole'), size('half')]),
      { field: 'items.0.options.size', reason: 'too_many_choices' },
    ],
    [
      'fewer choices than the option takes',
      aLine('sized', 1, [size('whole'), sauce('soy')]),
      { field: 'items.0.options.sauce', reason: 'too_few_choices' },
    ],
    [
      'a choice that is repeated, by id and by name',
      aLine('sized', 1, [size('whole'), sauce('soy'), sauce('honey'), sauce('간장')]),
      { field: 'items.0.options.3.choice', reason: 'repeated_choice' },
    ],
  ])('refuses %s', (_, line, error) => expect(errors(line)).toEqual([error]))

  it('does not find an item that was never on this menu, whatever else is wrong', () => {
    const lines = [aLine('sized'), aLine('nothing')]
    expect(quote(lines, MENU, TERMS)).toEqual({
      ok: false,
      refusal: { kind: 'NOT_FOUND', what: 'item', field: 'items.1.menu_id' },
    })
  })

  it('still prices an item that left the menu: it is out of stock, not unknown', () => {
    expect(priced(aLine('gone')).totalAmount).toBeGreaterThan(0)
  })

  it('names everything that is wrong at once, each where the client wrote it', () => {
    const cheap = menuOf(
      anItem({
        id: 'cheap',
        price: 1_000,
        options: [anOption({ choices: [{ id: 'less', name: '-', priceDelta: -2_000 }] })],
      }),
    )
    const lines = [aLine('cheap', 1, [size('less')]), aLine('cheap')]
    expect(quote(lines, cheap, TERMS)).toEqual({
      ok: false,
      refusal: {
        kind: 'INVALID',
        errors: [
          { field: 'items.0', reason: 'negative_price' },
          { field: 'items.1.options.size', reason: 'required_option' },
        ],
      },
    })
  })

  it('refuses a line below nothing even when the others pay for it', () => {
    const options = [anOption({ choices: [{ id: 'half', name: '반마리', priceDelta: -18_001 }] })]
    const menu = menuOf(anItem({ options }), anItem({ id: 'cola', price: 90_000 }))
    expect(quote([aLine('cola'), aLine('chicken', 1, [size('half')])], menu, TERMS)).toMatchObject({
      refusal: { errors: [{ field: 'items.1', reason: 'negative_price' }] },
    })
  })

  it('lets choices bring a portion down to nothing', () => {
    const options = [anOption({ choices: [{ id: 'half', name: '반마리', priceDelta: -18_000 }] })]
    expect(
      quote([aLine('chicken', 3, [size('half')])], menuOf(anItem({ options })), TERMS),
    ).toMatchObject({ ok: true, value: { totalAmount: 0 } })
  })

  it('refuses totals that no provider takes and no sum keeps exact', () => {
    const whole = MAX_AMOUNT_MINOR / 18_000
    expect(errors(aLine('plain', Math.floor(whole)))).toEqual([])
    for (const quantity of [Math.ceil(whole), Number.MAX_SAFE_INTEGER, 1e300])
      expect(errors(aLine('plain', quantity))).toEqual([
        { field: 'items', reason: 'total_too_large' },
      ])
  })
})

describe('pricing any order', () => {
  const deltas = fc.integer({ min: -1_000, max: 5_000 })
  const menus = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 100_000 }), fc.array(deltas, { minLength: 1 })), {
      minLength: 1,
      maxLength: 5,
    })
    .map((entries) =>
      menuOf(
        ...entries.map(([price, choices], index) =>
          anItem({
            id: `item-${index}`,
            price,
            options: [
              anOption({
                choices: choices.map((priceDelta, choice) => ({
                  id: `choice-${choice}`,
                  name: `choice ${choice}`,
                  priceDelta,
                })),
              }),
            ],
          }),
        ),
      ),
    )
  /** Mostly orders that can be placed: now and then an option is missing, repeated or unknown. */
  const line = (menu: ReturnType<typeof menuOf>) =>
    fc
      .record({
        item: fc.constantFrom(...menu.values()),
        quantity: fc.integer({ min: 1, max: 999 }),
        picks: fc.oneof(
          { weight: 9, arbitrary: fc.array(fc.nat(), { minLength: 1, maxLength: 1 }) },
          { weight: 1, arbitrary: fc.array(fc.nat(), { maxLength: 2 }) },
        ),
      })
      .map(({ item, quantity, picks }) => {
        const choices = item.options[0]?.choices.length ?? 0
        return aLine(
          item.id,
          quantity,
          picks.map((pick) => size(`choice-${pick % choices}`)),
        )
      })
  const orders = menus.chain((menu) =>
    fc.array(line(menu), { minLength: 1, maxLength: 6 }).map((lines) => ({ menu, lines })),
  )

  it('never asks for less than nothing, and for the sum of its lines', () => {
    let accepted = 0
    fc.assert(
      fc.property(orders, ({ menu, lines }) => {
        const result = quote(lines, menu, TERMS)
        if (!result.ok) return
        accepted += 1
        const { totalAmount } = result.value
        expect(Number.isSafeInteger(totalAmount)).toBe(true)
        expect(totalAmount).toBeGreaterThanOrEqual(0)
        expect(totalAmount).toBeLessThanOrEqual(MAX_AMOUNT_MINOR)
        expect(result.value.lines).toHaveLength(lines.length)
        expect(totalAmount).toBe(result.value.lines.reduce((sum, line) => sum + line.total, 0))
        for (const line of result.value.lines) {
          const delta = line.options.reduce((sum, option) => sum + option.priceDelta, 0)
          expect(line.unitPrice).toBe((menu.get(line.itemId)?.price ?? NaN) + delta)
          expect(line.total).toBe(line.unitPrice * line.quantity)
          expect(line.total).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 1_000 },
    )
    expect(accepted).toBeGreaterThan(100)
  })

  it('does not care in which order the lines come', () => {
    const shuffled = orders.chain(({ menu, lines }) =>
      fc
        .shuffledSubarray(lines, { minLength: lines.length, maxLength: lines.length })
        .map((other) => ({ menu, lines, other })),
    )
    fc.assert(
      fc.property(shuffled, ({ menu, lines, other }) => {
        const [one, two] = [quote(lines, menu, TERMS), quote(other, menu, TERMS)]
        expect(one.ok).toBe(two.ok)
        if (one.ok && two.ok) expect(one.value.totalAmount).toBe(two.value.totalAmount)
      }),
    )
  })
})

describe('what a guest can order now', () => {
  const stock = { itemId: 'chicken', level: 5, reserved: 2 }

  it.each([
    ['an item that is not counted', {}, true],
    ['an item with portions left', { stock }, true],
    ['an item whose last portions are held', { stock: { ...stock, reserved: 5 } }, false],
    ['an item marked sold out', { stock, soldOut: true }, false],
    ['an item taken off the menu', { deleted: true }, false],
  ])('%s', (_, item, can) => expect(isAvailable(anItem(item))).toBe(can))
})

describe('the most portions of an item in one order', () => {
  const limited = (...lines: RequestedLine[]) => {
    const menu = menuOf(
      anItem({ id: 'set', maxPerOrder: 3 }),
      anItem({ id: 'cola', number: 2, price: 2_000 }),
    )
    const result = quote(lines, menu, TERMS)
    return result.ok || result.refusal.kind !== 'INVALID' ? [] : result.refusal.errors
  }

  it('counts all its lines, and names the one that goes beyond', () => {
    expect(limited(aLine('set', 3), aLine('cola', 99))).toEqual([])
    expect(limited(aLine('set', 4))).toEqual([{ field: 'items.0.quantity', reason: 'too_big' }])
    expect(limited(aLine('set', 2), aLine('cola', 9), aLine('set', 2), aLine('set', 1))).toEqual([
      { field: 'items.2.quantity', reason: 'too_big' },
    ])
  })
})
