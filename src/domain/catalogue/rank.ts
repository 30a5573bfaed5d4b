import type { SearchWord } from './search-query.ts'
import { placesOf, searchedText, similarPlace, standsAt } from './searched-text.ts'
import type { Place, SearchedText } from './searched-text.ts'

/** How a product is found, best first. */
export const MATCHES = [
  'WHOLE',
  'START',
  'WORD',
  'INSIDE',
  'INITIALS',
  'TEXT',
  'KEYBOARD',
  'SIMILAR',
] as const
export type Match = (typeof MATCHES)[number]

/** A piece of a text, in UTF-16 units: from the first to behind the last. */
export type Range = readonly [start: number, end: number]

export interface Searchable {
  id: string
  /** As it is shown. */
  name: string
  /** In every language. */
  names: readonly string[]
  /** Tags and descriptions, in every language. */
  texts: readonly string[]
  available: boolean
}

export interface Hit {
  match: Match
  /** Of two with the same `match` the lower one is better. */
  fine: number
  /** What to highlight of the shown name: none where something else was found. */
  ranges: readonly Range[]
}

interface Rank {
  match: Match
  fine: number
}

const order = (match: Match): number => MATCHES.indexOf(match)
const compareRanks = (a: Rank, b: Rank): number =>
  order(a.match) - order(b.match) || a.fine - b.fine

/** How well the product answers the words, or null when it does not. */
export function hitOf(words: readonly SearchWord[], product: Searchable): Hit | null {
  const names = product.names.map(searchedText)
  const each = words.flatMap((word) => rankOfWord(word, names, product.texts) ?? [])
  const worst = each.toSorted(compareRanks).at(-1)
  if (worst === undefined || each.length < words.length) return null
  const ranges = rangesIn(searchedText(product.name), words)
  if (worst.match === 'TEXT') return { ...worst, ranges }
  if (worst.match === 'SIMILAR')
    return { match: 'SIMILAR', fine: difference(words, names, each), ranges }
  const meant = words.map(({ letters, other }, index) =>
    each[index]?.match === 'KEYBOARD' ? (other ?? letters) : letters,
  )
  const ranks = names.flatMap((name) => rankTogether(meant, name) ?? [])
  const together = ranks.toSorted(compareRanks)[0] ?? worst
  return worst.match === 'KEYBOARD'
    ? { match: 'KEYBOARD', fine: order(together.match) * 10 + together.fine, ranges }
    : { ...together, ranges }
}

/** Wrong letters first, then how much longer or shorter the nearest name is. */
function difference(
  words: readonly SearchWord[],
  names: readonly SearchedText[],
  ranks: readonly Rank[],
): number {
  const slips = ranks.reduce((sum, { fine }) => sum + fine, 0)
  const typed = words.reduce((sum, { letters }) => sum + letters.length, 0)
  return slips * 1_000 + Math.min(...names.map(({ plain }) => Math.abs(plain.length - typed)))
}

/** One word by itself: its letters, a tag's or description's, the other layout, a typing error. */
function rankOfWord(
  { letters, other, jamo, slips }: SearchWord,
  names: readonly SearchedText[],
  texts: readonly string[],
): Rank | null {
  const places = names.flatMap((name) => placesOf(letters, name))
  if (places.length > 0) return { match: places.some(isLiteral) ? 'INSIDE' : 'INITIALS', fine: 0 }
  if (texts.some((text) => placesOf(letters, searchedText(text)).some(isLiteral)))
    return { match: 'TEXT', fine: 0 }
  if (other && names.some((name) => placesOf(other, name).length > 0))
    return { match: 'KEYBOARD', fine: 0 }
  if (slips === null) return null
  const distances = names.flatMap((name) => similarPlace(jamo, name, slips)?.distance ?? [])
  return distances.length > 0 ? { match: 'SIMILAR', fine: Math.min(...distances) } : null
}

/** All words in one name: whether they are it, begin it, begin words of it or stand inside. */
function rankTogether(words: readonly (readonly string[])[], name: SearchedText): Rank | null {
  const places = words.map((letters) => placesOf(letters, name))
  if (places.some((found) => found.length === 0)) return null
  const first = standsAt(words.flat(), name, 0)
  const position = first === null ? 2 : first.end === name.plain.length ? 0 : 1
  if (first && isLiteral(first)) return { match: position === 0 ? 'WHOLE' : 'START', fine: 0 }
  const literal = places.map((found) => found.filter(isLiteral))
  if (literal.some((found) => found.length === 0)) return { match: 'INITIALS', fine: position }
  const atWords = literal.every((found) =>
    found.some(({ start }) => name.letters[start]?.beginsWord === true),
  )
  return { match: atWords ? 'WORD' : 'INSIDE', fine: 0 }
}

const isLiteral = ({ initials }: Place): boolean => !initials

function rangesIn(name: SearchedText, words: readonly SearchWord[]): Range[] {
  const places = words.flatMap(({ letters, other, jamo, slips }) => {
    const typed = placesOf(letters, name)
    if (typed.length > 0) return typed.some(isLiteral) ? typed.filter(isLiteral) : typed
    const meant = other ? placesOf(other, name) : []
    if (meant.length > 0 || slips === null) return meant
    return similarPlace(jamo, name, slips) ?? []
  })
  const ranges = places.map(({ start, end }): Range => [
    name.letters[start]?.start ?? 0,
    name.letters[end - 1]?.end ?? 0,
  ])
  return merged(ranges)
}

function merged(ranges: readonly Range[]): Range[] {
  const apart: [number, number][] = []
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = apart.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else apart.push([start, end])
  }
  return apart
}

/** The products that answer the words, best first: what can be ordered before what is sold out. */
export function ranked<T extends Searchable>(
  words: readonly SearchWord[],
  products: readonly T[],
): { product: T; hit: Hit }[] {
  return products
    .flatMap((product) => {
      const hit = hitOf(words, product)
      return hit ? [{ product, hit }] : []
    })
    .sort(
      (a, b) =>
        compareRanks(a.hit, b.hit) ||
        Number(b.product.available) - Number(a.product.available) ||
        compareTexts(a.product.name, b.product.name) ||
        compareTexts(a.product.id, b.product.id),
    )
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? mark)

/** The text as HTML with the pieces marked. */
export function highlighted(text: string, ranges: readonly Range[]): string {
  let html = ''
  let done = 0
  for (const [start, end] of ranges) {
    html += `${escaped(text.slice(done, start))}<mark>${escaped(text.slice(start, end))}</mark>`
    done = end
  }
  return html + escaped(text.slice(done))
}
