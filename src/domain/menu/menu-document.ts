import type { ItemInput, OptionInput } from '../commands.ts'
import { restaurantKeyOf } from '../ids.ts'
import type { Currency } from '../money.ts'
import type { Menu } from '../queries.ts'
import { imagePath } from './image/address.ts'
import type { Choice, ItemOption, MenuItem } from './menu.ts'
import type { Translations } from './translations.ts'

/** The form of the file; another number is another form. */
export const DOCUMENT_VERSION = 1 as const
export const MAX_ITEMS = 5_000
export const MAX_CATEGORIES = 500

/** An item of a file: everything is said, nothing is left as it was. */
export type DocumentItem = Required<Omit<ItemInput, 'categoryId' | 'position' | 'options'>> & {
  id?: string | undefined
  options: readonly OptionInput[]
  /** The image's address, of whatever restaurant. */
  image: { restaurantKey: string; file: string } | null
}

export interface DocumentCategory {
  id?: string | undefined
  name: string
  names: Translations
  items: readonly DocumentItem[]
}

/** A whole menu as a file holds it, without what belongs to the day: stock and sold-out marks. */
export interface MenuDocument {
  /** What the prices are amounts of; null = not said. */
  currency: Currency | null
  categories: readonly DocumentCategory[]
}

const choiceJson = ({ id, name, names = {}, priceDelta }: Choice) => ({
  id,
  name,
  names,
  price_delta: priceDelta,
})

/** An option as those who keep the menu see it. */
export const wholeOptionJson = (option: ItemOption) => ({
  id: option.id,
  name: option.name,
  names: option.names ?? {},
  required: option.required,
  min: option.min,
  max: option.max,
  choices: option.choices.map(choiceJson),
})

/** What an owner says of an item, over HTTP and in files alike. */
export const wholeItemJson = (item: MenuItem) => ({
  id: item.id,
  number: item.number,
  name: item.name,
  names: item.names,
  price: item.price,
  description: item.description,
  descriptions: item.descriptions,
  image_url: item.image === null ? null : imagePath(restaurantKeyOf(item.id), item.image),
  allergens: item.allergens,
  tags: item.tags,
  spice_level: item.spiceLevel,
  max_per_order: item.maxPerOrder,
  options: item.options.map(wholeOptionJson),
})

/** The menu as a file: the same menu always gives the same one. */
export const exportedMenu = ({ restaurant, categories }: Menu) => ({
  v: DOCUMENT_VERSION as typeof DOCUMENT_VERSION,
  currency: restaurant.currency,
  categories: categories.map(({ id, name, names, items }) => ({
    id,
    name,
    names,
    items: items.map(wholeItemJson),
  })),
})
