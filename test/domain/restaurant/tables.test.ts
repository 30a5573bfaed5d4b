import { describe, expect, it } from 'vitest'
import { mayJoin } from '../../../src/domain/restaurant/join.ts'
import { mintTableCode } from '../../../src/domain/restaurant/table-code.ts'
import { nameTable } from '../../../src/domain/restaurant/table-name.ts'
import type { TableState } from '../../../src/domain/restaurant/table.ts'

describe('naming a table', () => {
  const taken = new Set(['T1', 'T3', 'A1'])
  it.each([
    [null, 'T2'],
    [' B1 ', 'B1'],
    ['a1', 'a1'],
    ['창가 자리 1', '창가 자리 1'],
    ['🍗'.repeat(10), '🍗'.repeat(10)],
    ['창가'.normalize('NFD'), '창가'.normalize('NFC')],
  ])('%s becomes %s', (wanted, name) => {
    expect(nameTable(wanted, taken)).toEqual({ ok: true, value: name })
  })

  it.each([
    ['', 'too_small'],
    ['   ', 'too_small'],
    ['12345678901', 'too_big'],
  ])('refuses "%s" as %s', (wanted, reason) => {
    expect(nameTable(wanted, taken)).toEqual({
      ok: false,
      refusal: { kind: 'INVALID', errors: [{ field: 'name', reason }] },
    })
  })

  it('refuses a name that is taken', () => {
    expect(nameTable(' A1', taken)).toEqual({
      ok: false,
      refusal: { kind: 'TABLE_NAME_TAKEN', name: 'A1' },
    })
  })
})

describe("a table's code", () => {
  it('needs no escaping in a URL, whatever the bytes', () => {
    for (let start = 0; start < 256; start += 22) {
      const code = mintTableCode((length) =>
        Uint8Array.from({ length }, (_, index) => start + index),
      )
      expect(code).toHaveLength(22)
      expect(encodeURIComponent(code)).toBe(code)
    }
  })
})

describe('joining a table', () => {
  const table = (openVisitId: string | null = null): TableState => ({
    id: 'table',
    name: 'A1',
    code: 'right',
    openVisitId,
    deleted: false,
  })

  it.each(['OPEN', 'SCAN'] as const)('takes the code, visit or none (%s)', (access) => {
    expect(mayJoin(table(), 'right', access).ok).toBe(true)
    expect(mayJoin(table('visit'), 'right', access).ok).toBe(true)
  })

  it('asks staff to seat the party first where the restaurant wants that', () => {
    expect(mayJoin(table('visit'), 'right', 'SEATED').ok).toBe(true)
    expect(mayJoin(table(), 'right', 'SEATED')).toMatchObject({ refusal: { kind: 'NOT_SEATED' } })
  })

  it('tells who has no code nothing but that', () => {
    for (const openVisitId of [null, 'visit'])
      expect(mayJoin(table(openVisitId), 'wrong', 'SEATED')).toEqual({
        ok: false,
        refusal: { kind: 'WRONG_TABLE_CODE' },
      })
  })

  it('does not know a table that is not there', () => {
    expect(mayJoin(null, 'right', 'OPEN')).toMatchObject({ refusal: { kind: 'NOT_FOUND' } })
  })
})
