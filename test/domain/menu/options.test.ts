import { describe, expect, it } from 'vitest'
import type { OptionInput } from '../../../src/domain/commands.ts'
import type { ItemOption } from '../../../src/domain/menu/menu.ts'
import { composeOptions, MAX_CHOICES, MAX_OPTIONS } from '../../../src/domain/menu/options.ts'
import { MAX_ITEM_PRICE } from '../../../src/domain/menu/price.ts'

const choice = (name: string, priceDelta = 0) => ({ name, priceDelta })
const option = (more: Partial<OptionInput> = {}): OptionInput => ({
  name: '맵기',
  required: false,
  choices: [choice('순한맛'), choice('매운맛', 500)],
  ...more,
})

function minter() {
  let minted = 0
  return () => `new-${(minted += 1)}`
}
const compose = (inputs: readonly OptionInput[], existing: readonly ItemOption[] = []) =>
  composeOptions(inputs, existing, minter())

const SPICE: ItemOption = {
  id: 'spice',
  name: '맵기',
  required: true,
  min: 1,
  max: 1,
  choices: [
    { id: 'mild', name: '순한맛', priceDelta: 0 },
    { id: 'hot', name: '매운맛', priceDelta: 500 },
  ],
}

describe('writing options', () => {
  it('mints ids for what is new', () => {
    expect(compose([option()])).toEqual({
      ok: true,
      value: [
        {
          id: 'new-1',
          name: '맵기',
          required: false,
          min: 0,
          max: 1,
          choices: [
            { id: 'new-2', name: '순한맛', priceDelta: 0 },
            { id: 'new-3', name: '매운맛', priceDelta: 500 },
          ],
        },
      ],
    })
  })

  it('keeps the ids that are given and drops what is left out', () => {
    const kept = option({ id: 'spice', choices: [{ id: 'hot', ...choice('불맛', 700) }] })
    expect(compose([kept], [SPICE])).toMatchObject({
      value: [{ id: 'spice', choices: [{ id: 'hot', name: '불맛', priceDelta: 700 }] }],
    })
  })

  it.each([
    [{ required: false }, { min: 0, max: 1 }],
    [{ required: true }, { min: 1, max: 1 }],
    [
      { required: false, max: 2 },
      { min: 0, max: 2 },
    ],
    [
      { required: false, min: 2 },
      { min: 2, max: 2 },
    ],
    [
      { required: true, min: 1, max: 2 },
      { min: 1, max: 2 },
    ],
  ])('%o takes %o', (given, taken) => {
    expect(compose([option(given)])).toMatchObject({ ok: true, value: [taken] })
  })

  it.each([
    ['options.0.min', 'too_small', option({ required: true, min: 0 })],
    ['options.0.min', 'too_small', option({ min: -1 })],
    ['options.0.max', 'too_small', option({ min: 0, max: 0 })],
    ['options.0.max', 'more_than_choices', option({ max: 3 })],
    ['options.0.min', 'more_than_max', option({ min: 2, max: 1 })],
    ['options.0.choices', 'too_small', option({ choices: [] })],
    ['options.0.choices.1.name', 'repeated', option({ choices: [choice('콜라'), choice('콜라')] })],
    [
      'options.0.choices.0.price_delta',
      'too_big',
      option({ choices: [choice('금', MAX_ITEM_PRICE + 1)] }),
    ],
    [
      'options.0.choices.0.price_delta',
      'too_small',
      option({ choices: [choice('선물', -MAX_ITEM_PRICE - 1)] }),
    ],
    ['options.0.id', 'unknown_option', option({ id: 'elsewhere' })],
    [
      'options.0.choices.0.id',
      'unknown_choice',
      option({ id: 'spice', choices: [{ id: 'elsewhere', ...choice('순한맛') }] }),
    ],
    [
      'options.0.choices.0.id',
      'unknown_choice',
      option({ choices: [{ id: 'mild', ...choice('순한맛') }] }),
    ],
    [
      'options.0.choices.1.id',
      'repeated',
      option({
        id: 'spice',
        choices: [
          { id: 'mild', ...choice('순한맛') },
          { id: 'mild', ...choice('매운맛') },
        ],
      }),
    ],
  ])('refuses %s as %s', (field, reason, input) => {
    expect(compose([input], [SPICE])).toEqual({ ok: false, refusal: [{ field, reason }] })
  })

  it('refuses two options of one name', () => {
    expect(compose([option(), option()])).toMatchObject({
      refusal: [{ field: 'options.1.name', reason: 'repeated' }],
    })
  })

  it('has a bound for options and for choices', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => String(index))
    const options = many(MAX_OPTIONS + 1).map((name) => option({ name }))
    expect(compose(options)).toEqual({
      ok: false,
      refusal: [{ field: 'options', reason: 'too_big' }],
    })
    expect(compose(options.slice(1))).toMatchObject({ ok: true })
    const choices = many(MAX_CHOICES + 1).map((name) => choice(name))
    expect(compose([option({ choices })])).toEqual({
      ok: false,
      refusal: [{ field: 'options.0.choices', reason: 'too_big' }],
    })
    expect(compose([option({ choices: choices.slice(1) })])).toMatchObject({ ok: true })
  })

  it('names everything that is wrong at once', () => {
    const wrong = compose([option({ choices: [] }), option({ name: '크기', max: 9 })])
    expect(wrong).toMatchObject({
      refusal: [{ field: 'options.0.choices' }, { field: 'options.1.max' }],
    })
  })
})
