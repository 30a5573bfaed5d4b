import { restaurantKeyOf } from '../ids.ts'
import type { Locale } from '../locale.ts'
import type { Menu } from '../queries.ts'
import { available } from '../stock/stock.ts'
import { isAvailable } from './availability.ts'
import { imagePath } from './image/address.ts'
import type { Category, ItemOption, MenuItemWithStock } from './menu.ts'
import { wholeItemJson } from './menu-document.ts'
import { inLanguage } from './translations.ts'

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** A category as those who keep the menu see it. */
export const categoryJson = ({ id, name, names, position }: Category) => ({
  id,
  name,
  names,
  position,
})

/** An item likewise. */
export const itemJson = (item: MenuItemWithStock) => ({
  ...wholeItemJson(item),
  is_available: isAvailable(item),
  category_id: item.categoryId,
  position: item.position,
  sold_out: item.soldOut,
  sold_out_until: iso(item.soldOutUntil),
  stock: item.stock && {
    level: item.stock.level,
    reserved: item.stock.reserved,
    available: available(item.stock) ?? 0,
  },
})

/** The menu as everybody sees it, in the reader's language. */
export const menuJson = ({ restaurant, opening, categories }: Menu, locale: Locale) => ({
  restaurant: {
    id: restaurant.id,
    name: restaurant.name,
    open: opening.open,
    opens_at: iso(opening.opensAt),
    busy_delay_minutes: opening.busyDelayMinutes,
    table_ordering_enabled: restaurant.tableOrderingEnabled,
    table_access: restaurant.tableAccess,
    payment_policy: restaurant.paymentPolicy,
    payment_methods: restaurant.paymentMethods,
    currency: restaurant.currency,
    timezone: restaurant.timezone,
  },
  menu_version: restaurant.menuVersion,
  categories: categories.map(({ id, name, names, items }) => ({
    id,
    name: inLanguage(locale, name, names),
    items: items.map((item) => menuItemJson(item, locale)),
  })),
})

const menuItemJson = (item: MenuItemWithStock, locale: Locale) => ({
  id: item.id,
  number: item.number,
  name: inLanguage(locale, item.name, item.names),
  price: item.price,
  description: inLanguage(locale, item.description, item.descriptions),
  image_url: item.image === null ? null : imagePath(restaurantKeyOf(item.id), item.image),
  is_available: isAvailable(item),
  allergens: item.allergens,
  tags: item.tags,
  spice_level: item.spiceLevel,
  max_per_order: item.maxPerOrder,
  options: item.options.map((option) => optionJson(option, locale)),
})

/** An option as everybody sees it. */
export const optionJson = (
  { id, name, names, required, min, max, choices }: ItemOption,
  locale: Locale,
) => ({
  id,
  name: inLanguage(locale, name, names),
  required,
  min,
  max,
  choices: choices.map((choice) => ({
    id: choice.id,
    name: inLanguage(locale, choice.name, choice.names),
    price_delta: choice.priceDelta,
  })),
})
