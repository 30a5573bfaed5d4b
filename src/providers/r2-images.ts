import { StorageUnavailableError } from '../domain/unavailable.ts'
import type { ImageStore } from './image-port.ts'

/** Pictures in an R2 bucket. */
export function createR2Images(bucket: R2Bucket): ImageStore {
  return {
    async put(key, bytes, type) {
      await reach(() => bucket.put(key, bytes, { httpMetadata: { contentType: type } }))
    },
    async get(key) {
      const found = await reach(() => bucket.get(key))
      return found === null ? null : found.body
    },
  }
}

async function reach<R>(call: () => Promise<R>): Promise<R> {
  try {
    return await call()
  } catch (error) {
    throw new StorageUnavailableError(error)
  }
}
