import { IMAGE_TYPES, type ImageType } from './image-type.ts'

/** `extension` of a media type, and back. */
export const extensionOf = (type: ImageType): string => IMAGE_TYPES[type]

/** Where an image is served: `/images/{restaurant key}/{SHA-256}.{extension}`. */
export const imagePath = (restaurantKey: string, file: string): string =>
  `/images/${imageKey(restaurantKey, file)}`

/** Under which name the store keeps it. */
export const imageKey = (restaurantKey: string, file: string): string => `${restaurantKey}/${file}`

const KEY = /^[0-9a-f]{12}$/
const FILE = /^([0-9a-f]{64})\.([a-z]{3,4})$/

/** What an address names; null when no image of ours can have it. */
export function parseImageName(
  restaurantKey: string,
  file: string,
): { digest: string; type: ImageType } | null {
  const [, digest, extension] = FILE.exec(file) ?? []
  const types = Object.keys(IMAGE_TYPES) as ImageType[]
  const type = types.find((candidate) => IMAGE_TYPES[candidate] === extension)
  if (digest === undefined || type === undefined || !KEY.test(restaurantKey)) return null
  return { digest, type }
}

/** The parts of an image's address, with or without an origin; null when it is none of ours. */
export function parseImagePath(text: string): { restaurantKey: string; file: string } | null {
  const [, restaurantKey = '', file = ''] =
    /^(?:https?:\/\/[^/]+)?\/images\/([^/]+)\/([^/]+)$/.exec(text) ?? []
  return parseImageName(restaurantKey, file) === null ? null : { restaurantKey, file }
}
