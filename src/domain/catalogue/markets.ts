import { DEFAULT_LOCALE, type Locale } from '../locale.ts'
import type { Currency } from '../money.ts'

/** Markets the product knows: where a reader is at home. */
export const MARKETS = ['KR', 'JP', 'US'] as const
export type Market = (typeof MARKETS)[number]

/** What a market's readers count in, and read where nothing else is said. */
export const MARKET_HABITS: Record<Market, { currency: Currency; locale: Locale }> = {
  KR: { currency: 'KRW', locale: 'ko' },
  JP: { currency: 'JPY', locale: DEFAULT_LOCALE },
  US: { currency: 'USD', locale: 'en' },
}

/** The market of that name, in any case. */
export const marketNamed = (name: string): Market | null =>
  MARKETS.find((market) => market === name.toUpperCase()) ?? null

/** The market of the language tag that the reader likes best of those that name one of ours. */
export function marketOfTags(tags: readonly { tag: string; weight: number }[]): Market | null {
  const regions = tags
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => regionOf(tag))
  return regions.find((market) => market !== null) ?? null
}

/** BCP 47: the region is the subtag of two letters behind the language and, where given, the script. */
function regionOf(tag: string): Market | null {
  const region = tag
    .split('-')
    .slice(1)
    .find((subtag) => subtag.length === 2)
  return region === undefined ? null : marketNamed(region)
}
