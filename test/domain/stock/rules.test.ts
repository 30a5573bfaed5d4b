import { describe, expect, it } from 'vitest'
import type { MenuItemWithStock, StockLevel } from '../../../src/domain/menu/menu.ts'
import { MAX_LEVEL } from '../../../src/domain/stock/adjust.ts'
import { editStockRules } from '../../../src/domain/stock/rules.ts'
import { isLow, stockStateOf } from '../../../src/domain/stock/state.ts'

const TODAY = '2026-11-20'
const counted = (more: Partial<StockLevel> = {}): StockLevel => ({
  itemId: 'chicken',
  level: 10,
  reserved: 4,
  lowAt: null,
  dailyPortions: null,
  portionsDay: null,
  ...more,
})

describe('the rules of a stock', () => {
  const daily = { dailyPortions: 30, portionsDay: '2026-11-19' }

  it.each([
    ['a threshold is set', counted(), { lowAt: 3 }, { lowAt: 3 }],
    ['zero warns of the last portion', counted(), { lowAt: 0 }, { lowAt: 0 }],
    ['a threshold is taken away', counted({ lowAt: 3 }), { lowAt: null }, { lowAt: null }],
    ['what is left out stays', counted({ lowAt: 3 }), {}, { lowAt: 3 }],
    [
      'daily portions begin after the day that runs',
      counted(),
      { dailyPortions: 30 },
      { dailyPortions: 30, portionsDay: TODAY },
    ],
    [
      'their number changes, the day they were given for does not',
      counted(daily),
      { dailyPortions: 20 },
      { dailyPortions: 20, portionsDay: '2026-11-19' },
    ],
    [
      'they end',
      counted(daily),
      { dailyPortions: null },
      { dailyPortions: null, portionsDay: null },
    ],
    ['both at once', counted(), { lowAt: 1, dailyPortions: 1 }, { lowAt: 1, dailyPortions: 1 }],
  ])('%s', (_, current, changes, expected) => {
    const edited = editStockRules(current, changes, TODAY)
    expect(edited).toMatchObject({ ok: true, value: { level: 10, reserved: 4, ...expected } })
  })

  it.each([
    [{ lowAt: -1 }, 'low_stock_threshold', 'too_small'],
    [{ lowAt: MAX_LEVEL + 1 }, 'low_stock_threshold', 'too_big'],
    [{ lowAt: 0.5 }, 'low_stock_threshold', 'invalid_type'],
    [{ dailyPortions: 0 }, 'daily_portions', 'too_small'],
    [{ dailyPortions: -3 }, 'daily_portions', 'too_small'],
    [{ dailyPortions: MAX_LEVEL + 1 }, 'daily_portions', 'too_big'],
    [{ dailyPortions: Number.MAX_VALUE }, 'daily_portions', 'invalid_type'],
  ])('refuse %o', (changes, field, reason) => {
    expect(editStockRules(counted(), changes, TODAY)).toEqual({
      ok: false,
      refusal: { kind: 'INVALID', errors: [{ field, reason }] },
    })
  })

  it('are for what is counted', () => {
    expect(editStockRules(null, { lowAt: 3 }, TODAY)).toEqual({
      ok: false,
      refusal: { kind: 'INVALID', errors: [{ field: 'menu_id', reason: 'not_counted' }] },
    })
  })
})

describe('being low', () => {
  it.each([
    ['not counted', null, false],
    ['no threshold', counted({ level: 4 }), false],
    ['above it', counted({ lowAt: 5 }), false],
    ['at it: what is held is not there', counted({ lowAt: 6 }), true],
    ['below it', counted({ lowAt: 7 }), true],
    ['at nothing', counted({ level: 4, lowAt: 0 }), true],
  ])('%s', (_, stock, low) => {
    expect(isLow(stock)).toBe(low)
  })
})

describe('the state that a catalogue shows', () => {
  const item = { deleted: false, soldOut: false, stock: null } as MenuItemWithStock

  it.each([
    ['not counted', item, 'IN_STOCK'],
    ['counted', { ...item, stock: counted() }, 'IN_STOCK'],
    ['low', { ...item, stock: counted({ lowAt: 6 }) }, 'LOW'],
    ['all held', { ...item, stock: counted({ level: 4, lowAt: 6 }) }, 'SOLD_OUT'],
    ['marked', { ...item, soldOut: true, stock: counted({ lowAt: 6 }) }, 'SOLD_OUT'],
    ['taken off the menu', { ...item, deleted: true }, 'SOLD_OUT'],
  ] as const)('%s', (_, shown, state) => {
    expect(stockStateOf(shown)).toBe(state)
  })
})
