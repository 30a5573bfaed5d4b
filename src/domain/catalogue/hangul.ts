import {
  assemble,
  convertHangulToQwerty,
  convertQwertyToAlphabet,
  disassemble,
  getChoseong,
} from 'es-hangul'

const SYLLABLE = /^[가-힣]$/u
const CONSONANT = /^[ㄱ-ㅎ]$/u
const SINGLE = /^[ㄱ-ㅣ]$/u

export const isSyllable = (letter: string): boolean => SYLLABLE.test(letter)
export const isConsonant = (letter: string): boolean => CONSONANT.test(letter)
/** A consonant or a vowel that stands by itself. */
export const isSingle = (letter: string): boolean => SINGLE.test(letter)

/** The letters with each syllable as the consonant that it begins with (치킨 → ㅊㅋ). */
export const initialsOf = (letters: readonly string[]): string[] =>
  letters.map((letter) => (isSyllable(letter) ? getChoseong(letter) : letter))

/** The letters taken apart as they are typed (닭 → ㄷㅏㄹㄱ). */
export const jamoOf = (letters: readonly string[]): string[] =>
  Array.from(disassemble(letters.join('')))

/** Consonants that a keyboard has put together in typing (ㄳ → ㄱㅅ) apart again. */
export const apart = (letters: readonly string[]): string[] =>
  letters.flatMap((letter) => (isConsonant(letter) ? jamoOf([letter]) : [letter]))

const VOWELS = '(?:ㅗ[ㅏㅐㅣ]?|ㅜ[ㅓㅔㅣ]?|ㅡㅣ?|[ㅏ-ㅚㅛㅝ-ㅟㅠㅢㅣ])'
/** Syllables and digits; the library cannot put other rows of letters together, and throws. */
const SYLLABLES = new RegExp(`^(?:[ㄱ-ㅎ]${VOWELS}[ㄱ-ㅎ]{0,2}|\\d)+$`, 'u')

/**
 * What the same keys give on the other layout of a Korean keyboard: whole syllables, consonants
 * alone, or a Latin word. Null where they give none of these, and where that was never meant.
 */
export function otherLayout(typed: string): string | null {
  if (/[ㄱ-ㅣ가-힣]/u.test(typed)) {
    const latin = convertHangulToQwerty(typed).toLowerCase()
    return /[ㄱ-ㅣ]/u.test(typed) && /^[a-z]{2,}$/.test(latin) ? latin : null
  }
  const keys = convertQwertyToAlphabet(typed)
  if (/^[ㄱ-ㅎ]{2,}$/u.test(keys)) return keys
  if (!/[ㅏ-ㅣ]/u.test(keys) || !SYLLABLES.test(keys)) return null
  const syllables = assemble(Array.from(keys))
  return /[ㄱ-ㅣ]/u.test(syllables) ? null : syllables
}
