import { locale } from '../../lib/i18n.ts'
import { chosenRestaurant, session } from '../state.ts'

export const PICTURE_TYPES = 'image/jpeg,image/png,image/webp,image/avif'
export const MAX_PICTURE_BYTES = 5 * 1024 * 1024

export type Uploaded = { ok: true } | { ok: false; status: number; message: string | null }

/** Sends a dish's picture and tells how far it has come: `fetch` knows no progress of what it sends. */
export async function uploadPicture(
  itemId: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<Uploaded> {
  const token = await session.token().catch(() => null)
  const first = await put(itemId, file, token, onProgress)
  if (first.ok || first.status !== 401) return first
  return put(itemId, file, await session.renewed().catch(() => null), onProgress)
}

function put(
  itemId: string,
  file: File,
  token: string | null,
  onProgress: (share: number) => void,
): Promise<Uploaded> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('PUT', `/api/v1/restaurants/me/items/${itemId}/image`)
    const headers = {
      ...chosenRestaurant(),
      'Accept-Language': locale.value,
      'Content-Type': file.type === '' ? 'application/octet-stream' : file.type,
      ...(token !== null && { Authorization: `Bearer ${token}` }),
    }
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      onProgress(total === 0 ? 0 : loaded / total)
    })
    request.addEventListener('load', () => {
      const { status } = request
      if (status >= 200 && status < 300) resolve({ ok: true })
      else resolve({ ok: false, status, message: messageOf(request.responseText) })
    })
    for (const failing of ['error', 'abort', 'timeout'])
      request.addEventListener(failing, () => resolve({ ok: false, status: 0, message: null }))
    request.send(file)
  })
}

function messageOf(text: string): string | null {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string } }
    return error?.message ?? null
  } catch {
    return null
  }
}
