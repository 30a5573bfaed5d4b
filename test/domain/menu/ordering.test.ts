import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reordered } from '../../../src/domain/menu/ordering.ts'

const ENTRIES = ['a', 'b', 'c'].map((id, position) => ({ id, position }))

describe('putting entries into another order', () => {
  it('gives those whose place changes', () => {
    expect(reordered(ENTRIES, ['b', 'a', 'c'])).toEqual({
      ok: true,
      value: [
        { id: 'b', position: 0 },
        { id: 'a', position: 1 },
      ],
    })
    expect(reordered(ENTRIES, ['a', 'b', 'c'])).toEqual({ ok: true, value: [] })
    expect(reordered([], [])).toEqual({ ok: true, value: [] })
  })

  it.each([
    ['one left out', ['a', 'b'], [{ field: 'ids', reason: 'incomplete' }]],
    ['none', [], [{ field: 'ids', reason: 'incomplete' }]],
    ['one twice', ['a', 'b', 'b', 'c'], [{ field: 'ids.2', reason: 'repeated' }]],
    ['a stranger', ['a', 'x', 'b', 'c'], [{ field: 'ids.1', reason: 'unknown' }]],
    [
      'a stranger and one twice',
      ['x', 'a', 'a'],
      [
        { field: 'ids.0', reason: 'unknown' },
        { field: 'ids.2', reason: 'repeated' },
      ],
    ],
  ])('refuses %s', (_, ids, errors) => {
    expect(reordered(ENTRIES, ids)).toEqual({ ok: false, refusal: { kind: 'INVALID', errors } })
  })

  it('takes every order there is', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 30 })
          .chain((ids) =>
            fc.tuple(
              fc.constant(ids),
              fc.shuffledSubarray(ids, { minLength: ids.length }),
              fc.array(fc.nat(50), { minLength: ids.length, maxLength: ids.length }),
            ),
          ),
        ([ids, wanted, positions]) => {
          const entries = ids.map((id, index) => ({ id, position: positions[index] ?? 0 }))
          const moved = reordered(entries, wanted)
          if (!moved.ok) throw new Error('refused')
          const now = entries.map((entry) => moved.value.find(({ id }) => id === entry.id) ?? entry)
          expect(now.sort((a, b) => a.position - b.position).map(({ id }) => id)).toEqual(wanted)
        },
      ),
    )
  })
})
