import { bigEndian } from './bytes.ts'
import type { HeaderReader } from './image-type.ts'

export const isJpeg = (bytes: Uint8Array): boolean => bigEndian(bytes, 0, 3) === 0xffd8ff

const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9
/** Markers of C0–CF that start no frame: DHT, JPG, DAC. */
const NO_FRAME = [0xc4, 0xc8, 0xcc]
const standsAlone = (marker: number): boolean =>
  marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)

/** ITU-T T.81 Annex B: segments up to the frame header, which says how large the picture is. */
export const jpegHeader: HeaderReader = (bytes) => {
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    // A marker may have any number of FF before it.
    if (marker === 0xff) at += 1
    else if (standsAlone(marker)) at += 2
    else {
      if (marker === START_OF_SCAN || marker === END_OF_IMAGE) return null
      const length = bigEndian(bytes, at + 2, 2)
      if (length < 2 || at + 2 + length > bytes.length) return null
      if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.includes(marker))
        return length < 8
          ? null
          : { height: bigEndian(bytes, at + 5, 2), width: bigEndian(bytes, at + 7, 2) }
      at += 2 + length
    }
  }
  return null
}
