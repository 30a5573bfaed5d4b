import { parseId } from '../ids.ts'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE = BigInt(DIGITS.length)
const LARGEST = (1n << 128n) - 1n
/** What PayAction takes as an order number, and exactly what 128 bits need in base 62. */
const CHARS = 22

/** An id in the 22 characters that PayAction has room for. The id must have passed `parseId`. */
export function orderCodeOf(id: string): string {
  let rest = BigInt(`0x${id.replaceAll('-', '')}`)
  let code = ''
  for (let place = 0; place < CHARS; place += 1) {
    code = DIGITS.charAt(Number(rest % BASE)) + code
    rest /= BASE
  }
  return code
}

/** The id that a code stands for; null where it stands for none. */
export function idOfOrderCode(code: string): string | null {
  if (code.length !== CHARS) return null
  let number = 0n
  for (const sign of code) {
    const digit = DIGITS.indexOf(sign)
    if (digit < 0) return null
    number = number * BASE + BigInt(digit)
  }
  if (number > LARGEST) return null
  const hex = number.toString(16).padStart(32, '0')
  return parseId(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
}
