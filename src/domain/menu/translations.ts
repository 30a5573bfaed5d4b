import type { Locale } from '../locale.ts'

export type OtherLocale = Exclude<Locale, 'ko'>
export const OTHER_LOCALES = ['en'] as const satisfies readonly OtherLocale[]

/** A text in the languages beside the default one, whose text stands in the plain field. */
export type Translations = Readonly<Partial<Record<OtherLocale, string>>>

/** The text in the reader's language; the plain one where it was not translated. */
export function inLanguage<T extends string | null>(
  locale: Locale,
  plain: T,
  translations: Translations | undefined,
): T | string {
  return locale === 'ko' ? plain : (translations?.[locale] ?? plain)
}
