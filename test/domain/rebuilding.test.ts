import { describe, expect, it } from 'vitest'
import {
  cursorAfter,
  placeOf,
  PROJECTIONS,
  type RowProjection,
} from '../../src/domain/rebuilding.ts'

const ID = '00000000-0000-8000-8000-0123456789ab'

describe("a rebuild's cursor", () => {
  it.each(Object.keys(PROJECTIONS) as RowProjection[])(
    'leads %s through its sections',
    (projection) => {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const place = placeOf(projection, cursor)
        seen.push(place.section)
        // Two pages each.
        const more = place.afterId === null ? ID : null
        cursor = cursorAfter(projection, place, more)
      } while (cursor !== null)
      expect(seen).toEqual(PROJECTIONS[projection].flatMap((section) => [section, section]))
    },
  )

  it('says which section and after which id', () => {
    expect(placeOf('all', `items:${ID}`)).toEqual({ section: 'items', afterId: ID })
    expect(placeOf('all', 'items:')).toEqual({ section: 'items', afterId: null })
  })

  it('is of orders where it is from before there were sections', () => {
    expect(placeOf('orders', ID)).toEqual({ section: 'orders', afterId: ID })
  })

  it('is a bug where it names what the run does not copy', () => {
    expect(() => placeOf('orders', 'items:')).toThrow('no section items')
  })
})
