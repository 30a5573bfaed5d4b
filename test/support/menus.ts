import fc from 'fast-check'
import { ALLERGENS } from '../../src/domain/menu/allergens.ts'
import type { Category, MenuItemWithStock } from '../../src/domain/menu/menu.ts'
import type { ImportState } from '../../src/domain/menu/plan-import.ts'
import type { Menu } from '../../src/domain/queries.ts'
import { anItem, aRestaurant } from './orders.ts'

export const KEY = '0123456789ab'
let minted = 0
export const mintId = (): string => {
  minted += 1
  return `${minted.toString(16).padStart(8, '0')}-ffff-8000-8000-${KEY}`
}

const word = fc.constantFrom('치킨', '콜라', '양념', '소스', 'Ω', '🍗 세트', 'a"b\\c')
const names = fc.oneof(
  fc.constant({}),
  word.map((en) => ({ en })),
)
const file = fc.constantFrom(null, `${'a'.repeat(64)}.png`, `${'b'.repeat(64)}.avif`)

const choice = fc.record({ name: word, names, priceDelta: fc.nat(900) })
const option = fc.record({
  name: word,
  names,
  required: fc.boolean(),
  choices: fc.uniqueArray(choice, { minLength: 1, maxLength: 4, selector: ({ name }) => name }),
})

const item = fc.record({
  name: word,
  names,
  description: fc.oneof(fc.constant(null), word),
  descriptions: names,
  price: fc.nat(50_000),
  allergens: fc.uniqueArray(fc.constantFrom(...ALLERGENS), { maxLength: 3 }),
  tags: fc.uniqueArray(word, { maxLength: 3 }),
  spiceLevel: fc.nat(3),
  maxPerOrder: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 99 })),
  image: file,
  soldOut: fc.boolean(),
  options: fc.uniqueArray(option, { maxLength: 3, selector: ({ name }) => name }),
})

interface Raw {
  name: string
  names: object
  items: (typeof item extends fc.Arbitrary<infer T> ? T : never)[]
}

/** A menu as a restaurant might have it: every id minted, positions with gaps. */
export const anyMenu: fc.Arbitrary<Menu> = fc
  .array(fc.record({ name: word, names, items: fc.array(item, { maxLength: 5 }) }), {
    maxLength: 4,
  })
  .map(menuOfRaw)

function menuOfRaw(raw: readonly Raw[]): Menu {
  let number = 0
  const restaurant = aRestaurant({ id: `00000000-0000-8000-8000-${KEY}` })
  const categories = raw.map(({ items, ...category }, at) => {
    const id = mintId()
    return {
      ...category,
      id,
      position: at * 3,
      items: items.map(({ options, ...rest }, place): MenuItemWithStock => {
        number += 1
        return {
          ...anItem(),
          ...rest,
          id: mintId(),
          categoryId: id,
          number,
          position: place * 2 + 1,
          options: options.map(({ choices, names: optionNames, ...given }) => ({
            id: mintId(),
            name: given.name,
            ...said(optionNames),
            required: given.required,
            min: given.required ? 1 : 0,
            max: choices.length,
            choices: choices.map((one) => ({
              id: mintId(),
              name: one.name,
              ...said(one.names),
              priceDelta: one.priceDelta,
            })),
          })),
        }
      }),
    }
  })
  return {
    restaurant,
    opening: { open: true, opensAt: null, busyDelayMinutes: 0 },
    categories,
  }
}

const said = (texts: object) => (Object.keys(texts).length === 0 ? {} : { names: texts })

/** What an import of the menu's restaurant looks at. */
export const stateOf = (
  { categories }: Menu,
  removed: { categories?: Category[]; items?: MenuItemWithStock[] } = {},
): ImportState => {
  const items = categories.flatMap((category) => category.items)
  const all = [...items, ...(removed.items ?? [])]
  return {
    restaurantKey: KEY,
    currency: 'KRW',
    categories: categories.map(({ items: _, ...category }) => category),
    items,
    removedCategories: removed.categories ?? [],
    removedItems: removed.items ?? [],
    images: new Set(all.flatMap(({ image }) => image ?? [])),
    nextNumber: all.reduce((last, { number }) => Math.max(last, number), 0) + 1,
  }
}
