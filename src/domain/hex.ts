const DIGITS = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))

/**
 * Two digits a byte, of digests and ids: some dozen bytes. Made of character codes, because a text that is
 * put together stays in pieces until it is read, and the runtime writes pieces into JSON by a slower way.
 */
export function hexOf(bytes: Uint8Array): string {
  const codes: number[] = []
  for (const byte of bytes) codes.push(DIGITS[byte >> 4] ?? 0, DIGITS[byte & 0xf] ?? 0)
  return String.fromCharCode(...codes)
}
