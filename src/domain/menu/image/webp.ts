import { bigEndian, littleEndian, textAt } from './bytes.ts'
import type { HeaderReader } from './image-type.ts'

export const isWebp = (bytes: Uint8Array): boolean =>
  textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP'

/** RFC 9649 §2: the first chunk says whether the picture is lossy, lossless or extended. */
export const webpHeader: HeaderReader = (bytes) => {
  if (littleEndian(bytes, 4, 4) + 8 > bytes.length || bytes.length < 30) return null
  switch (textAt(bytes, 12, 4)) {
    case 'VP8 ':
      return bigEndian(bytes, 23, 3) !== 0x9d012a
        ? null
        : {
            width: littleEndian(bytes, 26, 2) & 0x3fff,
            height: littleEndian(bytes, 28, 2) & 0x3fff,
          }
    case 'VP8L': {
      if (bytes[20] !== 0x2f) return null
      const bits = littleEndian(bytes, 21, 4)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: littleEndian(bytes, 24, 3) + 1, height: littleEndian(bytes, 27, 3) + 1 }
    default:
      return null
  }
}
