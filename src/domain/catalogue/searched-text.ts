import { initialsOf, isConsonant, jamoOf } from './hangul.ts'
import { lettersOf, type Letter } from './letters.ts'
import { nearestPiece } from './nearest.ts'

/** A text taken apart for looking words up in it. */
export interface SearchedText {
  letters: readonly Letter[]
  plain: readonly string[]
  initials: () => readonly string[]
  /** Its single letters, and which letter each is of. */
  jamo: () => readonly { jamo: string; of: number }[]
}

/** From one letter to behind another. */
export interface Place {
  start: number
  end: number
  /** Some of it by initial consonants. */
  initials: boolean
}

/** Initial consonants and single letters are only made when they are asked for. */
export function searchedText(text: string): SearchedText {
  const letters = lettersOf(text)
  const plain = letters.map(({ letter }) => letter)
  let initials: string[] | null = null
  let jamo: { jamo: string; of: number }[] | null = null
  return {
    letters,
    plain,
    initials: () => (initials ??= initialsOf(plain)),
    jamo: () =>
      (jamo ??= plain.flatMap((letter, of) =>
        jamoOf([letter]).map((each) => ({ jamo: each, of })),
      )),
  }
}

/** Whether the letters stand there; a consonant also stands for a syllable that begins with it. */
export function standsAt(
  letters: readonly string[],
  text: SearchedText,
  start: number,
): Place | null {
  let initials = false
  for (const [index, letter] of letters.entries()) {
    if (text.plain[start + index] === letter) continue
    if (!isConsonant(letter) || text.initials()[start + index] !== letter) return null
    initials = true
  }
  return { start, end: start + letters.length, initials }
}

/** Everywhere that the letters stand. */
export function placesOf(letters: readonly string[], text: SearchedText): Place[] {
  const places: Place[] = []
  for (let start = 0; start + letters.length <= text.plain.length; start += 1) {
    const place = standsAt(letters, text, start)
    if (place !== null) places.push(place)
  }
  return places
}

/** The place that comes nearest to the single letters, with at most so many of them wrong. */
export function similarPlace(
  jamo: readonly string[],
  text: SearchedText,
  slips: number,
): (Place & { distance: number }) | null {
  const there = text.jamo()
  const { distance, start, end } = nearestPiece(
    jamo,
    there.map((each) => each.jamo),
  )
  const [first, last] = [there[start], there[end - 1]]
  if (distance > slips || first === undefined || last === undefined || end <= start) return null
  return { distance, start: first.of, end: last.of + 1, initials: false }
}
