/** Media types that images may have, with the extension they are stored under. */
export const IMAGE_TYPES = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/avif': 'avif',
} as const
export type ImageType = keyof typeof IMAGE_TYPES

export interface ImageHeader {
  width: number
  height: number
}

/** The header, or null where the file ends before it or contradicts itself. */
export type HeaderReader = (bytes: Uint8Array) => ImageHeader | null
