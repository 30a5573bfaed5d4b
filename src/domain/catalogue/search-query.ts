import { refuse, ok, type Result } from '../result.ts'
import { apart, initialsOf, isConsonant, jamoOf, otherLayout } from './hangul.ts'
import { joined, lettersOf } from './letters.ts'
import { anyOf, allOf, but, pieceIn, runIn, slipped, textPiece } from './match-text.ts'
import { BEGIN, END } from './search-terms.ts'

export const MAX_QUERY_CHARACTERS = 100
/** Beyond, typing errors are not looked for: such a text says enough. */
const MAX_WORDS_WITH_SLIPS = 5
/** Single letters of all words; each is compared with each of every name that was found. */
const MAX_JAMO_WITH_SLIPS = 100
/** From so many single letters on, so many of them may be wrong. */
const WHOLE_FROM = 3
const ONE_SLIP_FROM = 4
const TWO_SLIPS_FROM = 8
const MAX_HINTS = 16

/** A word as it was typed; consonants in it stand for syllables that begin with them. */
export interface SearchWord {
  letters: readonly string[]
  /** By initial consonants, at least in part. */
  initials: boolean
  /** What the keys give on the other layout, where that says something. */
  other: readonly string[] | null
  jamo: readonly string[]
  /** How many of its single letters may be wrong; null = they are not looked at. */
  slips: number | null
}

export interface SearchQuery {
  words: readonly SearchWord[]
  /** Expressions for the index, best first; none finds what one before it has found. */
  exact: readonly string[]
  /** For when they find little: the other layout of the keyboard, typing errors; null = nothing more. */
  near: string | null
  /** Pieces of the column of single letters: who has more of them is nearer. */
  hints: readonly string[]
}

/** What a person's text asks of the index. Nothing in it is read as an operator. */
export function readSearch(text: string): Result<SearchQuery, 'empty' | 'too_long'> {
  const typed = text.normalize('NFC').trim()
  if (Array.from(typed).length > MAX_QUERY_CHARACTERS) return refuse('too_long')
  const words = withinMeasure(wordsIn(typed))
  if (words.length === 0) return refuse('empty')
  const forgiving =
    words.length <= MAX_WORDS_WITH_SLIPS &&
    words.some(({ other, slips }) => other !== null || slips !== null)
  return ok({
    words,
    exact: exactOf(words),
    near: forgiving ? allOf(words.map(nearOf)) : null,
    hints: forgiving ? hintsOf(words) : [],
  })
}

function wordsIn(typed: string): SearchWord[] {
  const words = new Map<string, SearchWord>()
  let begun = 0
  const found = lettersOf(typed)
  found.forEach(({ beginsWord }, index) => {
    if (beginsWord) begun = index
    if (found[index + 1]?.beginsWord === false) return
    const letters = found.slice(begun, index + 1)
    const raw = typed.slice(letters[0]?.start, letters.at(-1)?.end)
    const word = wordOf(
      letters.map(({ letter }) => letter),
      raw,
    )
    words.set(word.letters.join(''), word)
  })
  return [...words.values()]
}

function withinMeasure(words: SearchWord[]): SearchWord[] {
  const letters = words.reduce((sum, { jamo }) => sum + jamo.length, 0)
  return letters > MAX_JAMO_WITH_SLIPS ? words.map((word) => ({ ...word, slips: null })) : words
}

function wordOf(typed: readonly string[], raw: string): SearchWord {
  const letters = apart(typed)
  const jamo = jamoOf(letters)
  const initials = letters.some(isConsonant)
  return { letters, initials, other: otherOf(raw), jamo, slips: slipsOf(letters, jamo) }
}

function slipsOf(letters: readonly string[], jamo: readonly string[]): number | null {
  if (letters.every((letter) => isConsonant(letter) || /\p{N}/u.test(letter))) return null
  if (jamo.length < WHOLE_FROM) return null
  // One syllable is often the beginning of the next: 칰 of 치킨.
  if (letters.length === 1 || jamo.length < ONE_SLIP_FROM) return 0
  return jamo.length < TWO_SLIPS_FROM ? 1 : 2
}

const otherOf = (raw: string): readonly string[] | null => {
  const other = otherLayout(raw)
  return other === null ? null : joined(other)
}

/** The word's letters that are meant as they are, in runs. */
const literalRuns = (letters: readonly string[]): string[][] =>
  letters.reduce<string[][]>((runs, letter, index) => {
    if (isConsonant(letter)) return runs
    const before = letters[index - 1]
    if (before === undefined || isConsonant(before)) return [...runs, [letter]]
    runs.at(-1)?.push(letter)
    return runs
  }, [])

/** Names that may hold the letters in a row; with consonants among them the caller looks again. */
function within(letters: readonly string[]): string {
  if (!letters.some(isConsonant)) return pieceIn('grams', letters)
  return allOf([
    pieceIn('initials', initialsOf(letters)),
    ...literalRuns(letters).map((run) => pieceIn('grams', run)),
  ])
}

/** Names that begin with the letters, or are nothing else. */
function anchored(letters: readonly string[], end: readonly string[]): string {
  if (!letters.some(isConsonant)) return runIn('grams', [BEGIN, ...letters, ...end])
  return allOf([
    runIn('initials', [BEGIN, ...initialsOf(letters), ...end]),
    ...literalRuns(letters).map((run) => pieceIn('grams', run)),
  ])
}

function exactOf(words: readonly SearchWord[]): string[] {
  const letters = words.flatMap((word) => word.letters)
  const [whole, start] = [anchored(letters, [END]), anchored(letters, [])]
  const inside = allOf(words.map((word) => within(word.letters)))
  const told = allOf(words.map(({ letters }) => anyOf([within(letters), textPiece(letters)])))
  return [whole, but(start, whole), but(inside, start), but(told, inside)]
}

function nearOf({ letters, other, jamo, slips }: SearchWord): string {
  return anyOf([
    within(letters),
    textPiece(letters),
    ...(other ? [within(other)] : []),
    ...(slips === null ? [] : slipped('jamo', jamo, slips)),
  ])
}

/** Three letters each, as two pairs in a row. */
function hintsOf(words: readonly SearchWord[]): string[] {
  const hints = words.flatMap(({ jamo }) =>
    jamo.slice(2).map((third, index) => {
      const [first = '', second = ''] = jamo.slice(index, index + 2)
      return `${first}${second} ${second}${third}`
    }),
  )
  return [...new Set(hints)].slice(0, MAX_HINTS)
}
