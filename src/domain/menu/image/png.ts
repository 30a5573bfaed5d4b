import { bigEndian, textAt } from './bytes.ts'
import type { HeaderReader } from './image-type.ts'

const SIGNATURE = '\x89PNG\r\n\x1a\n'
export const isPng = (bytes: Uint8Array): boolean => textAt(bytes, 0, 8) === SIGNATURE

/** ISO/IEC 15948 §5 and §11.2.2: IHDR comes first, IEND last, and every chunk says how long it is. */
export const pngHeader: HeaderReader = (bytes) => {
  if (bigEndian(bytes, 8, 4) !== 13 || textAt(bytes, 12, 4) !== 'IHDR') return null
  let at = 8
  while (at + 12 <= bytes.length) {
    const type = textAt(bytes, at + 4, 4)
    at += 12 + bigEndian(bytes, at, 4)
    if (type === 'IEND' && at <= bytes.length)
      return { width: bigEndian(bytes, 16, 4), height: bigEndian(bytes, 20, 4) }
  }
  return null
}
