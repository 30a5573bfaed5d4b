import type { CouponState } from '../coupon/coupon.ts'
import { restaurantKeyOf } from '../ids.ts'
import type { Locale } from '../locale.ts'
import { imagePath } from '../menu/image/address.ts'
import type { Category, MenuItem } from '../menu/menu.ts'
import { inLanguage } from '../menu/translations.ts'
import type { Opening } from '../restaurant/opening.ts'
import type { RestaurantState } from '../restaurant/settings.ts'
import type { StockState } from '../stock/state.ts'
import { conversionOf, converted, rateText, type ExchangeRate } from './exchange.ts'
import { MARKET_HABITS, type Market } from './markets.ts'

/** An item of some restaurant's menu, as a list across restaurants has it. */
export interface Product {
  item: MenuItem
  stockState: StockState
  restaurant: RestaurantState
  opening: Pick<Opening, 'open'>
  category: Pick<Category, 'id' | 'name' | 'names'> | null
}

/** The same with what only one reader of one product asks for. */
export interface ProductView extends Product {
  promotions: readonly CouponState[]
}

/** Whom a product is shown to. */
export interface Reader {
  locale: Locale
  /** Null: at home where the restaurant is. */
  market: Market | null
  /** The newest of every pair that are known today; none while nobody can say. */
  rates: readonly ExchangeRate[]
}

/** The price in what the reader counts in; null where that is the restaurant's own, or nobody knows. */
function displayPrice({ item, restaurant }: Product, { market, rates }: Reader) {
  if (market === null) return null
  const { currency } = MARKET_HABITS[market]
  const conversion = conversionOf(rates, restaurant.currency, currency)
  const amount = conversion && converted(item.price, conversion)
  if (conversion === null || amount === null) return null
  return { amount, currency, rate: rateText(conversion), rate_date: conversion.day }
}

/** A product as lists and searches show it. */
export function productJson(product: Product, reader: Reader) {
  const { item, restaurant, category } = product
  const { locale } = reader
  return {
    id: item.id,
    restaurant_id: restaurant.id,
    restaurant: { id: restaurant.id, name: restaurant.name, open: product.opening.open },
    category: category && {
      id: category.id,
      name: inLanguage(locale, category.name, category.names),
    },
    number: item.number,
    name: inLanguage(locale, item.name, item.names),
    description: inLanguage(locale, item.description, item.descriptions),
    price: item.price,
    currency: restaurant.currency,
    display_price: displayPrice(product, reader),
    image_url: item.image === null ? null : imagePath(restaurantKeyOf(item.id), item.image),
    is_available: product.stockState !== 'SOLD_OUT',
    stock_state: product.stockState,
    tags: item.tags,
    allergens: item.allergens,
    spice_level: item.spiceLevel,
  }
}
