/** Letters of many scripts carry marks of their own; a code does not begin with one. */
const CODE = /^[\p{L}\p{Nd}_-][\p{L}\p{M}\p{Nd}_-]{2,39}$/u

/** Long enough for any spelling of a code; what is longer is none. */
const MOST_TYPED = 200

/**
 * A coupon's code as it is kept, however it was typed: NFKC, without spaces, in capitals; letters of any
 * script, digits, `-` and `_`, 3 to 40 characters. Null: that is no code.
 */
export function normaliseCode(text: string): string | null {
  if (text.length > MOST_TYPED) return null
  const code = foldedCode(text)
  return CODE.test(code) ? code : null
}

/** A code, or a part of one, as codes are kept. */
export const foldedCode = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200B-\u200D\u2060]/gu, '')
    .toUpperCase()
    .normalize('NFKC')
