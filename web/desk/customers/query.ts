import { isId } from '../ids.ts'

export type Typed = 'nothing' | 'too-short' | 'id' | 'number' | 'email' | 'name'

const NUMBER = /^[A-Z]+\d+$/i
const EAST_ASIAN = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const FEWEST = 3
const FEWEST_EAST_ASIAN = 2

/** What somebody has in hand, by how it looks. An order's number says little without its restaurant. */
export function typedAs(typed: string): Typed {
  const text = typed.normalize('NFC').trim().replace(/\s+/gu, ' ')
  if (text === '') return 'nothing'
  if (isId(text)) return 'id'
  if (NUMBER.test(text)) return 'number'
  if (text.includes('@')) return text.length < FEWEST ? 'too-short' : 'email'
  const fewest = EAST_ASIAN.test(text) ? FEWEST_EAST_ASIAN : FEWEST
  return Array.from(text).length < fewest ? 'too-short' : 'name'
}
