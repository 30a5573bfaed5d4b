import { pairsOf, TEXT } from './search-terms.ts'

/** Columns of the search index. */
type Column = 'grams' | 'initials' | 'jamo'

/** Letters and the two marks of names are all that a term is made of: nothing needs escaping. */
const phrase = (terms: readonly string[]): string => `"${terms.join(' ')}"`

const pieceOf = (letters: readonly string[]): string =>
  letters.length === 1 ? `"${letters.join('')}" *` : phrase(pairsOf(letters))

export const allOf = (parts: readonly string[]): string => `(${parts.join(' AND ')})`
export const anyOf = (parts: readonly string[]): string => `(${parts.join(' OR ')})`
export const but = (found: string, without: string): string => `(${found} NOT ${without})`

/** The letters in a row, anywhere in a name. */
export const pieceIn = (column: Column, letters: readonly string[]): string =>
  `${column} : ${pieceOf(letters)}`

/** The letters and marks in a row, at least two of them. */
export const runIn = (column: Column, letters: readonly string[]): string =>
  `${column} : ${phrase(pairsOf(letters))}`

/** The letters in a row, in a tag or a description. */
export const textPiece = (letters: readonly string[]): string =>
  letters.length === 1
    ? `grams : "${TEXT}${letters.join('')}" *`
    : `grams : ${phrase(pairsOf(letters).map((pair) => `${TEXT}${pair}`))}`

/** One restaurant's, of whose ids the key is the last group. */
export const ofRestaurant = (key: string, found: string): string =>
  `restaurant_id : "${key}" AND ${found}`

/** A pair is what the index knows: a single letter would be in nearly every name. */
const known = (pieces: readonly (readonly string[])[]) => pieces.filter(({ length }) => length > 1)

function nearby(column: Column, pieces: readonly (readonly string[])[], apart: number): string[] {
  const phrases = known(pieces).map((piece) => phrase(pairsOf(piece)))
  if (phrases.length === 0) return []
  return phrases.length === 1
    ? [`${column} : ${phrases.join('')}`]
    : [`${column} : NEAR(${phrases.join(' ')}, ${apart})`]
}

/**
 * Expressions that between them find every name which holds the letters with up to so many wrong,
 * missing or added: what stands left and right of one slip is whole, and of four pieces two slips
 * leave two whole.
 */
export function slipped(column: Column, letters: readonly string[], slips: number): string[] {
  if (slips === 0) return [runIn(column, letters)]
  if (slips === 1) return letters.flatMap((_, index) => oneSlipAt(column, letters, index))
  const size = letters.length / 4
  const cuts = [0, 1, 2, 3, 4].map((n) => Math.round(n * size))
  const pieces = [0, 1, 2, 3].map((n) => letters.slice(cuts[n], cuts[n + 1]))
  return pieces.flatMap((piece, a) =>
    pieces.slice(a + 1).flatMap((later, more) => {
      const between = (cuts[a + 1 + more] ?? 0) - (cuts[a + 1] ?? 0)
      return nearby(column, [piece, later], between + 1 + slips)
    }),
  )
}

/** A letter wrong, too many or missing there; or it and the next have changed places. */
function oneSlipAt(column: Column, letters: readonly string[], at: number): string[] {
  const [left, right] = [letters.slice(0, at), letters.slice(at + 1)]
  const [here, next] = letters.slice(at)
  const swapped =
    here === undefined || next === undefined || here === next
      ? []
      : [runIn(column, [...left, next, here, ...letters.slice(at + 2)])]
  return [...nearby(column, [left, right], 3), ...swapped]
}
