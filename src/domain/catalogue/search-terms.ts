import type { MenuItem } from '../menu/menu.ts'
import { initialsOf, isSingle, isSyllable, jamoOf } from './hangul.ts'
import { joined } from './letters.ts'

/** What an item is found by: the columns of the search index. */
export interface SearchTerms {
  grams: string
  initials: string
  jamo: string
}

/** Stand where a name begins and ends. No letter of a text is one of them. */
export const BEGIN = '⟨'
export const END = '⟩'
/** Stands before the pairs of a text that is not a name. */
export const TEXT = '∙'

const MAX_TEXT_LETTERS = 1_000

/** Each letter with the one behind it: a run of pairs in a row is an exact piece of the text. */
export const pairsOf = (letters: readonly string[]): string[] =>
  letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`)

const nameRun = (letters: readonly string[]): string[] =>
  letters.length === 0 ? [] : pairsOf([BEGIN, ...letters, END])

const textRun = (letters: readonly string[]): string[] =>
  pairsOf([...letters.slice(0, MAX_TEXT_LETTERS), END]).map((pair) => `${TEXT}${pair}`)

/** Every language's form of a text, each once. */
const every = (plain: string | null, translations: Readonly<Record<string, string>>): string[] => [
  ...new Set([plain ?? '', ...Object.values(translations)]),
]

const isKorean = (letter: string): boolean => isSyllable(letter) || isSingle(letter)

/**
 * The terms of an item in all its languages: pairs of letters of its names, of their initial
 * consonants and of their single letters; behind the names its tags and descriptions.
 */
export function searchTerms(item: MenuItem): SearchTerms {
  if (item.deleted) return { grams: '', initials: '', jamo: '' }
  const names = every(item.name, item.names).map(joined)
  const texts = [...item.tags, ...every(item.description, item.descriptions)].map(joined)
  const korean = names.filter((letters) => letters.some(isKorean))
  return {
    grams: [...names.flatMap(nameRun), ...texts.flatMap(textRun)].join(' '),
    initials: korean.map(initialsOf).flatMap(nameRun).join(' '),
    jamo: names.map(jamoOf).flatMap(nameRun).join(' '),
  }
}
