const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
/** Written without spaces between a family's name and one's own. */
const EAST_ASIAN = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

const HIDDEN = '***'
/** With fewer digits than this, any that were shown would give the number away. */
const FEWEST_DIGITS = 8
/** A prefix of three and an end of four then still hide three digits. */
const WHOLE_PHONE = 10
/** Longer ends of a domain are no public suffix and may be what is to be hidden. */
const LONGEST_SUFFIX = 10

/** 홍길동 → 홍*동, 김수 → 김*, John Doe → J*** D**; a name of one character is hidden whole. */
export const maskName = (name: string): string =>
  name.normalize('NFC').replace(/\S+/gu, (word) => maskWord(lettersOf(word)))

/** jane@example.com → j***@e***.com, however long its parts are; without an `@`, nothing of it. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  if (at === -1) return HIDDEN
  const labels = email.slice(at + 1).split('.')
  const suffix = labels.length > 1 ? (labels.at(-1) ?? '') : ''
  const shown = lettersOf(suffix).length <= LONGEST_SUFFIX ? suffix : HIDDEN
  return `${firstOf(email.slice(0, at))}@${firstOf(labels[0] ?? '')}${suffix === '' ? '' : `.${shown}`}`
}

/** 010-1234-5678 → 010-****-5678; of short numbers less, down to nothing. */
export function maskPhone(phone: string): string {
  const count = digitsOf(phone)
  if (count < FEWEST_DIGITS) return maskDigits(phone, 0, 0)
  return maskDigits(phone, count >= WHOLE_PHONE ? 3 : 0, 4)
}

/** 1234-5678-9012-3456 → ****-****-****-3456. */
export const maskCard = (number: string): string =>
  maskDigits(number, 0, digitsOf(number) < FEWEST_DIGITS ? 0 : 4)

/** 110-123-456789 → ***-***-***789. */
export const maskAccount = (number: string): string =>
  maskDigits(number, 0, digitsOf(number) < FEWEST_DIGITS ? 0 : 3)

/**
 * What people wrote freely, without the e-mails and longer numbers in it. Names cannot be told from
 * other words and stay.
 */
export const maskText = (text: string): string =>
  text
    .replace(/\S+/gu, (word) => (/[^@]@[^@]/u.test(word) ? maskEmail(word) : word))
    .replace(/\p{Nd}(?:[\s\p{Pd}\p{Ps}\p{Pe}.．/+]{0,3}\p{Nd}){6,}/gu, (number) =>
      maskDigits(number, 0, digitsOf(number) < FEWEST_DIGITS ? 0 : 4),
    )

const lettersOf = (word: string): string[] =>
  Array.from(graphemes.segment(word), ({ segment }) => segment)

function maskWord(letters: readonly string[]): string {
  const [first = '', ...rest] = letters
  if (rest.length === 0) return '*'
  const last = rest.length > 1 && EAST_ASIAN.test(letters.join('')) ? (rest.at(-1) ?? '') : ''
  return `${first}${'*'.repeat(rest.length - (last === '' ? 0 : 1))}${last}`
}

/** The first character of several. */
function firstOf(part: string): string {
  const letters = lettersOf(part)
  return letters.length > 1 ? `${letters[0] ?? ''}${HIDDEN}` : HIDDEN
}

/** What is hidden already has its place too. */
const DIGIT = /[\p{Nd}*]/gu
const digitsOf = (text: string): number => text.match(DIGIT)?.length ?? 0

/** Hides the digits but for so many at the beginning and at the end; what stands between stays. */
function maskDigits(text: string, head: number, tail: number): string {
  const count = digitsOf(text)
  let nth = 0
  return text.replace(DIGIT, (digit) => {
    nth += 1
    return nth <= head || nth > count - tail ? digit : '*'
  })
}
