/** The smallest files that say what they are and how large; none of them holds a picture. */
const text = (latin: string): number[] => Array.from(latin, (character) => character.charCodeAt(0))
const big = (value: number, length: number): number[] =>
  Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) % 256)
const little = (value: number, length: number): number[] => big(value, length).reverse()
const file = (...parts: number[][]): Uint8Array<ArrayBuffer> => new Uint8Array(parts.flat())

const chunk = (type: string, data: number[]) => [
  ...big(data.length, 4),
  ...text(type),
  ...data,
  ...big(0, 4),
]
export const png = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  file(
    [0x89, ...text('PNG\r\n\x1a\n')],
    chunk('IHDR', [...big(width, 4), ...big(height, 4), 8, 6, 0, 0, 0]),
    chunk('IDAT', [0]),
    chunk('IEND', []),
  )

const segment = (marker: number, data: number[]) => [
  0xff,
  marker,
  ...big(data.length + 2, 2),
  ...data,
]
export const jpeg = (width: number, height: number, frame = 0xc0): Uint8Array<ArrayBuffer> =>
  file(
    [0xff, 0xd8],
    segment(0xe0, [...text('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, Array<number>(65).fill(1)),
    // Markers may be padded with any number of FF.
    [0xff, 0xff],
    segment(frame, [8, ...big(height, 2), ...big(width, 2), 1, 1, 0x11, 0]),
    segment(0xda, [1, 1, 0, 0, 63, 0]),
    [0, 0xff, 0xd9],
  )

const riff = (type: string, data: number[]) =>
  file(
    [...text('RIFF'), ...little(data.length + 12, 4), ...text('WEBP')],
    [...text(type), ...little(data.length, 4), ...data],
  )
const rest = Array<number>(8).fill(0)
export const webp = {
  lossy: (width: number, height: number) =>
    riff('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...little(width, 2), ...little(height, 2), ...rest]),
  lossless: (width: number, height: number) =>
    riff('VP8L', [0x2f, ...little(width - 1 + (height - 1) * 2 ** 14, 4), ...rest]),
  extended: (width: number, height: number) =>
    riff('VP8X', [0, 0, 0, 0, ...little(width - 1, 3), ...little(height - 1, 3), ...rest]),
}

const box = (type: string, ...data: number[][]): number[] => {
  const content = data.flat()
  return [...big(content.length + 8, 4), ...text(type), ...content]
}
const ispe = (width: number, height: number) =>
  box('ispe', big(0, 4), big(width, 4), big(height, 4))
/** Sizes of all its pictures: of tiles and masks too. */
export const avif = (...sizes: (readonly [number, number])[]): Uint8Array<ArrayBuffer> =>
  file(
    box('ftyp', text('mif1'), big(0, 4), text('mif1'), text('avif')),
    box(
      'meta',
      big(0, 4),
      box('hdlr', big(0, 8)),
      box('iprp', box('ipco', ...sizes.map(([width, height]) => ispe(width, height)))),
    ),
    box('mdat', [0]),
  )

const bytesOf = (words: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new TextEncoder().encode(words))
/** What is no picture, or none that may be served. */
export const STRANGERS: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  nothing: file(),
  svg: bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  'svg with a prologue': bytesOf('<?xml version="1.0"?><svg/>'),
  html: bytesOf('<!doctype html><script>alert(1)</script>'),
  zip: file(text('PK\x03\x04'), Array<number>(60).fill(0)),
  gif: bytesOf('GIF89a\x01\x00\x01\x00'),
  bmp: file(text('BM'), Array<number>(60).fill(0)),
  pdf: bytesOf('%PDF-1.7'),
  'html that mentions PNG': bytesOf('<html>\x89PNG\r\n\x1a\n'),
  'a video': file(box('ftyp', text('isom'), big(512, 4), text('isom'), text('mp42'))),
  'an iPhone picture': file(box('ftyp', text('heic'), big(0, 4), text('mif1'), text('heic'))),
  'a sound': file(text('RIFF'), little(36, 4), text('WAVE'), Array<number>(36).fill(0)),
}
