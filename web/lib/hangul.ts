const INITIALS = Array.from('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ')
const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
/** Unicode 16, §3.12: so many syllables begin with the same consonant. */
const PER_INITIAL = 588

/** The text with each syllable's initial consonant in its place: 치킨 → ㅊㅋ. */
export const initialsOf = (text: string): string =>
  Array.from(text)
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0
      const isSyllable = code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE
      return isSyllable ? INITIALS[Math.floor((code - FIRST_SYLLABLE) / PER_INITIAL)] : letter
    })
    .join('')

const plain = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/g, '')

/** Whether the text holds what is sought, blanks and case aside; initials alone find syllables. */
export function finds(text: string, sought: string): boolean {
  const wanted = plain(sought)
  const given = plain(text)
  if (given.includes(wanted)) return true
  return /^[ㄱ-ㅎ]+$/.test(wanted) && initialsOf(given).includes(wanted)
}
