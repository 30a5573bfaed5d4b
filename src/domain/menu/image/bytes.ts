/** The bytes as Latin-1 text; shorter where the file ends. */
export const textAt = (bytes: Uint8Array, offset: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(offset, offset + length))

/** An unsigned number of `length` bytes, most significant first; NaN beyond the end. */
export function bigEndian(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0
  for (let at = offset; at < offset + length; at += 1) value = value * 256 + (bytes[at] ?? NaN)
  return value
}

/** Likewise, least significant first. */
export function littleEndian(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0
  for (let at = offset + length - 1; at >= offset; at -= 1) value = value * 256 + (bytes[at] ?? NaN)
  return value
}
