import { describe, expect, it } from 'vitest'
import { shrinkBy } from '../../web/office/menu/shrink.ts'

describe('a picture before it is sent', () => {
  it.each([
    { what: 'a phone’s photograph', width: 4000, height: 3000, bytes: 4_000_000, by: 0.2 },
    { what: 'one that stands', width: 3000, height: 4000, bytes: 4_000_000, by: 0.2 },
    { what: 'a heavy one of the right size', width: 800, height: 600, bytes: 900_000, by: 1 },
    { what: 'a light one of the right size', width: 800, height: 600, bytes: 90_000, by: null },
    { what: 'a small one', width: 200, height: 200, bytes: 9_000, by: null },
    { what: 'a light one that is long', width: 8_000, height: 10, bytes: 9_000, by: 0.1 },
  ])('is made smaller by what it is: $what', ({ width, height, bytes, by }) => {
    expect(shrinkBy(width, height, bytes)).toBe(by)
  })
})
