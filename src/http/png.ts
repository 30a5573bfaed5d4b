const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** One bit a pixel, grey: 0 is black (W3C PNG, third edition, §11.2.1). */
const GREY_1_BIT = [1, 0, 0, 0, 0]
const CRC_TABLE = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc >>> 0
})

/** A picture of dark and light modules, each `scale` pixels wide, as PNG. */
export async function encodePng(
  modules: readonly (readonly boolean[])[],
  scale: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const height = modules.length * scale
  const width = (modules[0]?.length ?? 0) * scale
  const rows = modules.map((row) => rowBytes(row, scale))
  const pixels = join(rows.flatMap((row) => Array.from({ length: scale }, () => row)))
  return join([
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', join([uint32(width), uint32(height), Uint8Array.from(GREY_1_BIT)])),
    chunk('IDAT', await deflate(pixels)),
    chunk('IEND', new Uint8Array()),
  ])
}

/** A line of pixels with its filter (0, none) in front; eight pixels a byte, light is 1. */
function rowBytes(row: readonly boolean[], scale: number): Uint8Array<ArrayBuffer> {
  const width = row.length * scale
  const bytes = new Uint8Array(1 + Math.ceil(width / 8))
  for (let x = 0; x < width; x += 1)
    if (row[Math.floor(x / scale)] === false) {
      const at = 1 + (x >> 3)
      bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7))
    }
  return bytes
}

/** `deflate` is the zlib format that PNG asks for. */
async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

function chunk(type: string, data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const named = join([new TextEncoder().encode(type), data])
  return join([uint32(data.length), named, uint32(crcOf(named))])
}

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

function uint32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
