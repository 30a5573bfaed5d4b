import { productJson, type ProductView, type Reader } from '../domain/catalogue/product.ts'
import { optionJson } from '../domain/menu/menu-json.ts'
import { termsJson } from './coupon-answers.ts'

/** One product with everything that a guest chooses by. */
export const productDetailJson = (product: ProductView, reader: Reader) => ({
  ...productJson(product, reader),
  max_per_order: product.item.maxPerOrder,
  options: product.item.options.map((option) => optionJson(option, reader.locale)),
  promotions: product.promotions.map(termsJson),
})

/** Lists and products carry prices and availability: readers elsewhere see them within this time. */
export const catalogueHeaders = (locale: string): Record<string, string> => ({
  'Cache-Control': 'public, max-age=0, s-maxage=30',
  'Content-Language': locale,
  Vary: 'Accept-Language, X-Market',
})
