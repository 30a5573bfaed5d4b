import { bytesToHex } from '@noble/hashes/utils.js'
import { extensionOf, imageKey } from '../../domain/menu/image/address.ts'
import { recogniseImage } from '../../domain/menu/image/recognise.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

/**
 * Keeps a picture under the restaurant's key and its own digest; the same bytes are kept once. Gives
 * the file's name. `declared` is the media type that the sender named, if any.
 */
export async function storeImage(
  deps: Pick<Deps, 'images'>,
  restaurantKey: string,
  bytes: ArrayBuffer,
  declared: string | null,
): Promise<Result<string, Refusal>> {
  const recognised = recogniseImage(new Uint8Array(bytes), declared)
  if (!recognised.ok) return recognised
  const { type } = recognised.value
  const file = `${await digestOf(bytes)}.${extensionOf(type)}`
  await deps.images.put(imageKey(restaurantKey, file), bytes, type)
  return ok(file)
}

async function digestOf(bytes: ArrayBuffer): Promise<string> {
  return bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
