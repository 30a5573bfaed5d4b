import './older.ts'
import { signal } from '@preact/signals'
import { keep, recall } from './kept.ts'

export const LOCALES = ['ko', 'en'] as const
export type Locale = (typeof LOCALES)[number]

const KEY = 'os-locale'

const asLocale = (text: unknown): Locale | null => LOCALES.find((locale) => locale === text) ?? null

/** What the reader chose, else what the Worker has read from the browser's languages. */
export const locale = signal<Locale>(
  asLocale(recall(KEY)) ?? asLocale(document.documentElement.lang) ?? 'ko',
)

export function chooseLocale(chosen: Locale): void {
  locale.value = chosen
  document.documentElement.lang = chosen
  keep(KEY, chosen)
}
document.documentElement.lang = locale.value

/** Words of a page in every language: what a language lacks does not compile. */
export type Words<K extends string> = Record<Locale, Record<K, string>>

/** A page's own reader of its words; `{name}` in a text is replaced by the value of that name. */
export const reader =
  <K extends string>(words: Words<K>) =>
  (key: K, values: Record<string, string | number> = {}): string =>
    words[locale.value][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
