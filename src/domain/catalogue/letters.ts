/** A letter or digit as search compares it, and where in the text it stands (UTF-16 units). */
export interface Letter {
  letter: string
  start: number
  end: number
  /** The first one, or one behind a space or a mark. */
  beginsWord: boolean
}

const LEAD = String.raw`[\u1100-\u115f\ua960-\ua97f\uffa1-\uffbe]`
const VOWEL = String.raw`[\u1160-\u11a7\ud7b0-\ud7c6\uffc2-\uffdc]`
const TAIL = String.raw`[\u11a8-\u11ff\ud7cb-\ud7fb]`
/** What is normalised as one: parts that compose to a syllable, or a character and its marks. */
const CLUSTER = new RegExp(
  String.raw`${LEAD}${VOWEL}+${TAIL}*|\P{M}[\p{M}\uff9e\uff9f]*|\p{M}+`,
  'gu',
)
/** ㄱ to ㆎ by themselves: NFKC would turn them into parts that compose with their neighbours. */
const SINGLE_JAMO = /^[\u3131-\u318e]$/u
const LATIN = /^\p{Script=Latin}/u
const BASE = /^[\p{L}\p{N}]/u
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Me}]/gu
const KEPT = /[\p{L}\p{N}\p{M}]/u
const FIRST_INITIAL = 0x1100
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'

/** A part of a syllable that found no neighbours, as it is typed by itself. */
const asTyped = (letter: string): string =>
  INITIALS[(letter.codePointAt(0) ?? 0) - FIRST_INITIAL] ?? letter

function normalised(cluster: string): string[] {
  if (SINGLE_JAMO.test(cluster)) return [cluster.replace(UNSEEN, '')].filter(Boolean)
  const plain = LATIN.test(cluster)
    ? cluster.normalize('NFKD').replace(/\p{Mn}/gu, '')
    : cluster.normalize('NFKC')
  const folded = plain.toLowerCase().replace(UNSEEN, '')
  const letters = Array.from(folded).filter((each) => KEPT.test(each))
  return letters[0] !== undefined && BASE.test(letters[0]) ? letters.map(asTyped) : []
}

/** The letters and digits of a text in one case and one form; everything else only parts words. */
export function lettersOf(text: string): Letter[] {
  const letters: Letter[] = []
  let beginsWord = true
  for (const { 0: cluster, index: start } of text.matchAll(CLUSTER)) {
    const found = normalised(cluster)
    for (const letter of found) {
      letters.push({ letter, start, end: start + cluster.length, beginsWord })
      beginsWord = false
    }
    if (found.length === 0) beginsWord = true
  }
  return letters
}

/** The letters of a text without what parts its words: spaces are typed freely in Korean. */
export const joined = (text: string): string[] => lettersOf(text).map(({ letter }) => letter)

/** The words of a text, each as its letters. */
export function wordsOf(text: string): string[][] {
  const words: string[][] = []
  for (const { letter, beginsWord } of lettersOf(text)) {
    if (beginsWord) words.push([])
    words.at(-1)?.push(letter)
  }
  return words
}
