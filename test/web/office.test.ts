import { afterAll, describe, expect, it, vi } from 'vitest'
import { barsOf } from '../../web/ui/bars.ts'
import { withFresh } from '../../web/office/coupons/fresh.ts'
import { moved } from '../../web/office/menu/moved.ts'
import {
  exceptionsJson,
  exceptionsOf,
  hoursJson,
  usualWeek,
  weekOf,
} from '../../web/office/settings/hours-drafts.ts'
import { wholeList } from '../../web/lib/whole-list.ts'
import { fakeBrowser } from './browser.ts'

fakeBrowser()
const { amountOf, stepOf, typedAmount } = await import('../../web/lib/format.ts')
const { draftsOf, newChoice, newOption, optionsOf } =
  await import('../../web/office/menu/option-drafts.ts')
afterAll(() => void vi.unstubAllGlobals())

describe('an entry that is moved', () => {
  it.each([
    { at: 1, by: -1, becomes: ['b', 'a', 'c'] },
    { at: 1, by: 1, becomes: ['a', 'c', 'b'] },
    { at: 0, by: -1, becomes: ['a', 'b', 'c'] },
    { at: 2, by: 1, becomes: ['a', 'b', 'c'] },
  ] as const)('from place $at by $by', ({ at, by, becomes }) => {
    expect(moved(['a', 'b', 'c'], at, by)).toEqual(becomes)
  })
})

describe('an amount as people type it', () => {
  it.each([
    { amount: 18_000, currency: 'KRW', typed: '18000', step: 1 },
    { amount: 1_250, currency: 'USD', typed: '12.50', step: 0.01 },
  ])('of $currency', ({ amount, currency, typed, step }) => {
    expect(typedAmount(amount, currency)).toBe(typed)
    expect(amountOf(Number(typed), currency)).toBe(amount)
    expect(stepOf(currency)).toBeCloseTo(step)
  })

  it('loses no cent to how numbers are kept', () => {
    expect(amountOf(1.15, 'USD')).toBe(115)
  })
})

describe('options that are edited', () => {
  const options = [
    {
      id: 'o1',
      name: '크기',
      names: { en: 'Size' },
      required: true,
      min: 1,
      max: 1,
      choices: [{ id: 'c1', name: '크게', names: {}, price_delta: 150 }],
    },
  ]

  it('come back as they were when nothing is typed, ids and all', () => {
    expect(optionsOf(draftsOf(options, 'USD'), 'USD')).toEqual(options)
  })

  it('send what is new without an id, and ask guests to choose where there is a least', () => {
    const drafts = [{ ...newOption(), name: ' 소스 ', min: '1', choices: [newChoice()] }]
    const [sent] = optionsOf(drafts, 'KRW')
    expect(sent).toEqual({
      name: '소스',
      names: {},
      required: true,
      min: 1,
      max: 1,
      choices: [{ name: '', names: {}, price_delta: 0 }],
    })
  })
})

describe('opening hours that are edited', () => {
  it('are none where it is always open', () => {
    expect(hoursJson(weekOf(null))).toBeNull()
  })

  it('name every day of the week', () => {
    expect(Object.keys(hoursJson(usualWeek()) ?? {})).toHaveLength(7)
    expect(hoursJson(weekOf(hoursJson(usualWeek())))).toEqual(hoursJson(usualWeek()))
  })

  it('keep a date without hours as a closed one', () => {
    const exceptions = [
      { date: '2026-12-25', closed: true as const },
      { date: '2026-12-31', hours: [{ open: '11:00', close: '15:00' }] },
    ]
    expect(exceptionsJson(exceptionsOf(exceptions))).toEqual(exceptions)
  })
})

describe('the bars of a chart', () => {
  const size = { width: 100, height: 50, gap: 10 }

  it('stand side by side, the highest as high as the picture', () => {
    expect(barsOf([1, 2], size)).toEqual([
      { x: 5, y: 25, width: 40, height: 25 },
      { x: 55, y: 0, width: 40, height: 50 },
    ])
  })

  it('are flat where nothing was sold, or more paid back', () => {
    expect(barsOf([0, -300], size).map(({ height }) => height)).toEqual([0, 0])
  })
})

describe('a whole list', () => {
  it('is read page by page, each after the one before', async () => {
    const asked: Record<string, string>[] = []
    const read = await wholeList((query) => {
      asked.push(query)
      const last = query.cursor === 'next'
      return Promise.resolve({
        ok: true,
        value: { items: [last ? 2 : 1], next_cursor: last ? null : 'next' },
      })
    })
    expect(read).toEqual({ ok: true, value: [1, 2] })
    expect(asked).toEqual([{ limit: '100' }, { limit: '100', cursor: 'next' }])
  })

  it('is not there where one of its pages did not come', async () => {
    const trouble = { status: 0 } as never
    expect(await wholeList(() => Promise.resolve({ ok: false, trouble }))).toEqual({
      ok: false,
      trouble,
    })
  })
})

describe('a list that lags behind what was saved here', () => {
  const list = [
    { id: 'a', left: 1 },
    { id: 'b', left: 2 },
  ]

  it('shows what was changed in its place, and what was added first', () => {
    const fresh = [
      { id: 'b', left: 9 },
      { id: 'c', left: 3 },
    ]
    expect(withFresh(list, fresh)).toEqual([
      { id: 'c', left: 3 },
      { id: 'a', left: 1 },
      { id: 'b', left: 9 },
    ])
  })
})
