import type { ImageType } from '../domain/menu/image/image-type.ts'

/** Where pictures are kept. Keys are `{restaurant key}/{SHA-256}.{extension}`: content never changes. */
export interface ImageStore {
  /** Throws StorageUnavailableError while the store does not answer; so does `get`. */
  put(key: string, bytes: ArrayBuffer, type: ImageType): Promise<void>
  get(key: string): Promise<ReadableStream | null>
}
