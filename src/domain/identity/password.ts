import { COMMON_PASSWORDS, PASSWORD_BASES } from './common-passwords.ts'

export type PasswordProblem = 'too_short' | 'too_long' | 'common'

const MIN_CHARACTERS = 10
const MAX_CHARACTERS = 200
/** So many signs beside a well-known word, or letters beside one's own name, add next to nothing. */
const WEAK_SIGNS = 6
const WEAK_LETTERS = 4

const RUNS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  '1q2w3e4r5t6y7u8i9o0p',
].flatMap((run) => [run, Array.from(run).reverse().join('')])

const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

const withoutLookalikes = (text: string): string =>
  Array.from(text, (sign) => LOOKALIKES[sign] ?? sign).join('')

/** One to four characters over and over, e.g. `aaaaaaaaaa`, `abc1abc1abc1`. */
const repeats = (text: string): boolean => /^(.{1,4}?)\1+$/u.test(text)

const isPredictable = (text: string): boolean =>
  repeats(text) || RUNS.some((run) => run.includes(text))

/** What is left of `text` when `word`, found in one of its spellings, is cut out; null without it. */
function without(word: string, spelling: string, text: string): string | null {
  const at = spelling.indexOf(word)
  return at < 0 ? null : text.slice(0, at) + text.slice(at + word.length)
}

/** A well-known word with digits and signs around it, and few or predictable ones. */
function isBuiltOnBase(text: string): boolean {
  const spellings = [text, withoutLookalikes(text)]
  for (const base of PASSWORD_BASES)
    for (const spelling of spellings) {
      const rest = without(base, spelling, text)
      if (rest === null || /\p{L}/u.test(rest)) continue
      if (rest.length <= WEAK_SIGNS || isPredictable(rest.replaceAll(/\D/g, ''))) return true
    }
  return false
}

function isBuiltOnName(text: string, name: string): boolean {
  const rest = without(name, text, text)
  return rest !== null && (rest.length <= WEAK_LETTERS || isPredictable(rest))
}

/** Why the password may not be chosen, or null. Counted in characters, judged regardless of case. */
export function checkPassword(
  password: string,
  account: { email: string },
): PasswordProblem | null {
  const text = password.normalize('NFKC').toLowerCase()
  const length = Array.from(text).length
  if (length < MIN_CHARACTERS) return 'too_short'
  if (length > MAX_CHARACTERS) return 'too_long'
  if (COMMON_PASSWORDS.has(text) || isPredictable(text) || isBuiltOnBase(text)) return 'common'
  const email = account.email.toLowerCase()
  const [localPart = ''] = email.split('@')
  if (text === email) return 'common'
  if (localPart.length >= 4 && isBuiltOnName(text, localPart)) return 'common'
  return null
}
