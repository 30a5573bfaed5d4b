import { bigEndian, textAt } from './bytes.ts'
import type { HeaderReader, ImageHeader } from './image-type.ts'

const BRANDS = ['avif', 'avis']

/** ISO/IEC 14496-12 §4.3: the file type box comes first and lists what the file is compatible with. */
export const isAvif = (bytes: Uint8Array): boolean => {
  if (textAt(bytes, 4, 4) !== 'ftyp') return false
  const end = Math.min(bigEndian(bytes, 0, 4), bytes.length, 256)
  for (let at = 8; at + 4 <= end; at += 4)
    if (at !== 12 && BRANDS.includes(textAt(bytes, at, 4))) return true
  return false
}

interface Box {
  type: string
  /** Where its content starts and ends. */
  start: number
  end: number
}

/** Boxes of a range; null where one reaches beyond it. */
function boxesIn(bytes: Uint8Array, from: number, to: number): Box[] | null {
  const boxes: Box[] = []
  let at = from
  while (at < to) {
    const size = bigEndian(bytes, at, 4)
    const long = size === 1
    const length = long ? bigEndian(bytes, at + 8, 8) : size === 0 ? to - at : size
    const header = long ? 16 : 8
    if (!(length >= header && at + length <= to)) return null
    boxes.push({ type: textAt(bytes, at + 4, 4), start: at + header, end: at + length })
    at += length
  }
  return boxes
}

/**
 * AV1 Image File Format §2: the sizes of all pictures in it are properties of its items
 * (`meta/iprp/ipco/ispe`). The largest counts: the others are tiles and masks of it.
 */
export const avifHeader: HeaderReader = (bytes) => {
  const inside = (box: Box | undefined, skipped = 0): Box[] =>
    (box && boxesIn(bytes, box.start + skipped, box.end)) ?? []
  const named = (boxes: readonly Box[], type: string) => boxes.find((box) => box.type === type)
  const all = boxesIn(bytes, 0, bytes.length)
  if (all === null) return null
  const properties = inside(named(inside(named(inside(named(all, 'meta'), 4), 'iprp')), 'ipco'))
  let largest: ImageHeader | null = null
  for (const { type, start, end } of properties) {
    if (type !== 'ispe') continue
    if (end - start < 12) return null
    const size = { width: bigEndian(bytes, start + 4, 4), height: bigEndian(bytes, start + 8, 4) }
    if (largest === null || size.width * size.height > largest.width * largest.height)
      largest = size
  }
  return largest
}
