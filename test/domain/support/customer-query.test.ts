import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCustomerQuery } from '../../../src/domain/support/customer-query.ts'

const ID = '018f3a4e-0000-8000-8000-9c1d2e3f4a5b'

describe('what support types to find a customer', () => {
  it.each([
    [ID.toUpperCase(), { by: 'id', text: ID }],
    ['Minsu@Example.com', { by: 'email', text: 'minsu@example.com' }],
    [' minsu@ ', { by: 'email', text: 'minsu@' }],
    ['김민수', { by: 'name', text: '김민수' }],
    ['김민수'.normalize('NFD'), { by: 'name', text: '김민수' }],
    ['김민', { by: 'name', text: '김민' }],
    ['John  Doe', { by: 'name', text: 'John Doe' }],
    ['A001', { by: 'name', text: 'A001' }],
    ['100%', { by: 'name', text: '100%' }],
  ] as const)('%s', (typed, query) => {
    expect(readCustomerQuery(typed)).toEqual(query)
  })

  it.each(['', '  ', '김', 'Jo', 'a@', '@@'])('is too short to mean somebody: "%s"', (typed) => {
    expect(readCustomerQuery(typed)).toBeNull()
  })

  it('is the number of an order where a restaurant is named', () => {
    expect(readCustomerQuery('a001', { restaurant: true })).toEqual({ by: 'number', text: 'A001' })
    expect(readCustomerQuery('김민수', { restaurant: true })).toEqual({
      by: 'name',
      text: '김민수',
    })
  })

  it.each([
    ['email', 'minsu', { by: 'email', text: 'minsu' }],
    ['email', 'mi', null],
    ['name', 'mi@su', { by: 'name', text: 'mi@su' }],
    ['name', ID, { by: 'name', text: ID }],
    ['id', 'minsu', null],
    ['number', 'minsu', null],
    ['number', 'b12', { by: 'number', text: 'B12' }],
  ] as const)('is what they say it is: %s, %s', (by, typed, query) => {
    expect(readCustomerQuery(typed, { by })).toEqual(query)
  })

  it('is never shorter than two characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 4 }), (typed) => {
        const query = readCustomerQuery(typed)
        if (query !== null) expect(Array.from(query.text).length).toBeGreaterThanOrEqual(2)
      }),
    )
  })
})
