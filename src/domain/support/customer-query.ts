import { parseId } from '../ids.ts'

export const SEARCHED_BY = ['id', 'number', 'email', 'name'] as const
export type SearchedBy = (typeof SEARCHED_BY)[number]

/** What support has in hand of a customer. E-mails and names are found by their beginning. */
export interface CustomerQuery {
  by: SearchedBy
  text: string
}

const ORDER_NUMBER = /^[A-Z]+\d+$/i
const EAST_ASIAN = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const FEWEST_LETTERS = 3
/** 김민 says more than three Latin letters do. */
const FEWEST_EAST_ASIAN = 2

/**
 * Reads what was typed: ids as they are; a number where a restaurant is named with it; an e-mail by its
 * `@`; a name otherwise. Null: too short to mean somebody.
 */
export function readCustomerQuery(
  typed: string,
  { by = null, restaurant = false }: { by?: SearchedBy | null; restaurant?: boolean } = {},
): CustomerQuery | null {
  const text = typed.normalize('NFC').trim().replace(/\s+/gu, ' ')
  const id = parseId(text)
  if (id !== null && (by === null || by === 'id')) return { by: 'id', text: id }
  if (by === 'id') return null
  if (by === 'number' || (by === null && restaurant && ORDER_NUMBER.test(text)))
    return ORDER_NUMBER.test(text) ? { by: 'number', text: text.toUpperCase() } : null
  if (by === 'email' || (by === null && text.includes('@')))
    return text.length < FEWEST_LETTERS ? null : { by: 'email', text: text.toLowerCase() }
  const fewest = EAST_ASIAN.test(text) ? FEWEST_EAST_ASIAN : FEWEST_LETTERS
  return Array.from(text).length < fewest ? null : { by: 'name', text }
}
