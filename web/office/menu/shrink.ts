/** The longer side: sharp on a phone's whole width, and light in a list of dishes. */
const LONGEST_SIDE = 800
const LIGHT_BYTES = 100 * 1024
const QUALITY = 0.8

/** By how much a picture's sides are multiplied; null where it may stay as it is. */
export function shrinkBy(width: number, height: number, bytes: number): number | null {
  const share = Math.min(1, LONGEST_SIDE / Math.max(width, height))
  return share === 1 && bytes <= LIGHT_BYTES ? null : share
}

/**
 * A photograph as guests' phones can load it, without where and when it was taken. What this browser
 * cannot read stays as it is: the server says what is wrong with it.
 */
export async function shrink(file: File): Promise<File> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return file
  const share = shrinkBy(picture.width, picture.height, file.size)
  const small = share === null ? null : await drawn(picture, share)
  picture.close()
  return small === null || small.size >= file.size
    ? file
    : new File([small], file.name, { type: small.type })
}

function drawn(picture: ImageBitmap, share: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * share))
  canvas.height = Math.max(1, Math.round(picture.height * share))
  const pen = canvas.getContext('2d')
  if (pen === null) return Promise.resolve(null)
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  // A browser that writes no WebP gives a PNG, which keeps what is transparent.
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', QUALITY))
}
