import { convertHangulToQwerty, convertQwertyToHangul, disassemble, getChoseong } from 'es-hangul'

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

/** What the same keys give on the other layout of a Korean keyboard. */
export function otherLayout(typed: string): string {
  return /[ㄱ-ㅣ가-힣]/u.test(typed) ? convertHangulToQwerty(typed) : convertQwertyToHangul(typed)
}
