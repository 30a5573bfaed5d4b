import { describe, expect, it } from 'vitest'
import { nameless, STRANGER, type Asker } from '../../../src/domain/actor.ts'
import { askerAt } from '../../../src/domain/identity/asker.ts'
import { isNamed } from '../../../src/domain/order/lifecycle.ts'
import { mayReadTable } from '../../../src/domain/restaurant/read-table.ts'
import { TABLE_ACCESS } from '../../../src/domain/restaurant/settings.ts'

const KEY = '0123456789ab'
const TABLE = `00000000-0000-8000-8000-${KEY}`
const OTHER = `10000000-0000-8000-8000-${KEY}`
const table = { id: TABLE, name: 'A1', code: 'c', openVisitId: 'v', deleted: false }
const named = (id: string): Asker => askerAt(nameless(id), id)
const visiting = (tableId: string): Asker => ({ ...STRANGER, visit: { visitId: 'v', tableId } })

describe('reading a table', () => {
  it.each<[string, Asker, readonly string[]]>([
    ['staff', { ...STRANGER, role: 'STAFF' }, TABLE_ACCESS],
    ['its owner', { ...STRANGER, role: 'OWNER' }, TABLE_ACCESS],
    ['a guest of its visit', visiting(TABLE), TABLE_ACCESS],
    ['whoever names it', named(TABLE), ['OPEN']],
    ['a member who names it', { ...STRANGER, userId: 'u', named: TABLE }, ['OPEN']],
    ['a guest of another table', visiting(OTHER), []],
    ['whoever names another', named(OTHER), []],
    ['a stranger', STRANGER, []],
    ['support', { ...STRANGER, role: 'SUPPORT' }, []],
  ])('%s', (_, asker, where) => {
    expect(TABLE_ACCESS.filter((access) => mayReadTable(table, asker, access))).toEqual(where)
  })
})

describe('an order that is named by its id', () => {
  const placed = { id: 'order', sessionId: TABLE, tableId: TABLE }

  it.each([
    ['was placed by its table', placed, named('order'), true],
    ['was placed by a guest there', { ...placed, sessionId: 's' }, named('order'), false],
    ['is another', placed, named('other'), false],
    ['is named by nobody', placed, STRANGER, false],
    ['has no table', { ...placed, tableId: null }, named('order'), false],
  ])('and %s', (_, order, asker, is) => {
    expect(isNamed(order, asker)).toBe(is)
  })
})
