import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { menuJson } from '../../../src/domain/menu/menu-json.ts'
import { inLanguage } from '../../../src/domain/menu/translations.ts'
import { anyMenu, KEY } from '../../support/menus.ts'

describe('a text in the language of the reader', () => {
  it.each([
    ['ko', { en: 'Cola' }, '콜라'],
    ['en', { en: 'Cola' }, 'Cola'],
    ['en', {}, '콜라'],
    ['en', undefined, '콜라'],
  ] as const)('%s of %o is %s', (locale, names, expected) => {
    expect(inLanguage(locale, '콜라', names)).toBe(expected)
  })
})

describe('the public menu', () => {
  it('gives every text once, in one language, and nothing that is the owner’s alone', () => {
    fc.assert(
      fc.property(anyMenu, (menu) => {
        const { categories } = menuJson(menu, 'en')
        menu.categories.forEach((category, at) => {
          expect(categories[at]?.name).toBe(category.names.en ?? category.name)
          category.items.forEach((item, place) => {
            const shown = categories[at]?.items[place]
            expect(shown).toMatchObject({
              name: item.names.en ?? item.name,
              description: item.descriptions.en ?? item.description,
              is_available: !item.soldOut,
              image_url: item.image === null ? null : `/images/${KEY}/${item.image}`,
            })
            expect(shown).not.toHaveProperty('names')
            expect(shown?.options.map(({ name }) => name)).toEqual(
              item.options.map((option) => option.names?.en ?? option.name),
            )
          })
        })
      }),
    )
  })
})
