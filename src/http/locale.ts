import { DEFAULT_LOCALE, LOCALES, type Locale } from '../domain/locale.ts'

/** What `Accept-Language` asks for, in the order it is written (RFC 9110 §12.5.4). */
export const languageWishes = (header: string | undefined): { tag: string; weight: number }[] =>
  (header ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    return { tag, weight: q === undefined ? 1 : Number(q) }
  })

/** The language the caller likes best of those we have, by primary subtag. */
export function localeOf(header: string | undefined): Locale {
  if (header === undefined) return DEFAULT_LOCALE
  const known = languageWishes(header)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => LOCALES.find((locale) => locale === tag.split('-')[0]))
  return known.find((locale) => locale !== undefined) ?? DEFAULT_LOCALE
}
