import { DEFAULT_LOCALE, LOCALES, type Locale } from '../domain/locale.ts'

/** The language the caller likes best of those we have (RFC 9110 §12.5.4, by primary subtag). */
export function localeOf(header: string | undefined): Locale {
  const wishes = (header ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    return { language: tag.split('-')[0], weight: q === undefined ? 1 : Number(q) }
  })
  const known = wishes
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => LOCALES.find((locale) => locale === language))
  return known.find((locale) => locale !== undefined) ?? DEFAULT_LOCALE
}
