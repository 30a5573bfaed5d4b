import type { Refusal } from '../../refusal.ts'
import { ok, refuse, type Result } from '../../result.ts'
import { avifHeader, isAvif } from './avif.ts'
import type { HeaderReader, ImageHeader, ImageType } from './image-type.ts'
import { isJpeg, jpegHeader } from './jpeg.ts'
import { isPng, pngHeader } from './png.ts'
import { isWebp, webpHeader } from './webp.ts'

export const MAX_IMAGE_BYTES = 5 * 1024 * 1024
export const MAX_IMAGE_SIDE = 8_000
/** Four bytes a pixel: what a phone needs to show it stays under 160 MB. */
export const MAX_IMAGE_PIXELS = 40_000_000

const READERS: readonly (readonly [ImageType, (bytes: Uint8Array) => boolean, HeaderReader])[] = [
  ['image/png', isPng, pngHeader],
  ['image/jpeg', isJpeg, jpegHeader],
  ['image/webp', isWebp, webpHeader],
  ['image/avif', isAvif, avifHeader],
]

export interface RecognisedImage extends ImageHeader {
  type: ImageType
}

/**
 * What the bytes are, by themselves alone. `declared` is the media type the sender named, without
 * parameters; null = none. It must not say otherwise.
 */
export function recogniseImage(
  bytes: Uint8Array,
  declared: string | null,
): Result<RecognisedImage, Refusal> {
  const [type, , headerOf] = READERS.find(([, is]) => is(bytes)) ?? []
  if (type === undefined || headerOf === undefined)
    return refuse({ kind: 'IMAGE_TYPE', reason: 'unknown_type' })
  if (declared !== null && declared !== type)
    return refuse({ kind: 'IMAGE_TYPE', reason: 'type_mismatch' })
  const header = headerOf(bytes)
  const reason = header === null ? 'truncated' : sizeProblem(header)
  if (header === null || reason !== null)
    return refuse({ kind: 'INVALID', errors: [{ field: 'body', reason: reason ?? 'truncated' }] })
  return ok({ type, ...header })
}

function sizeProblem({ width, height }: ImageHeader): string | null {
  if (!(width >= 1 && height >= 1)) return 'empty_image'
  if (width > MAX_IMAGE_SIDE || height > MAX_IMAGE_SIDE) return 'too_large_dimensions'
  return width * height > MAX_IMAGE_PIXELS ? 'too_many_pixels' : null
}
