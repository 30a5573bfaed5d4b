export const LOCALES = ['ko', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** The language of plain names and texts, and of callers whose language we do not have. */
export const DEFAULT_LOCALE: Locale = 'ko'
