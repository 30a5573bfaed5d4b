import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ImageType } from '../../../../src/domain/menu/image/image-type.ts'
import { recogniseImage } from '../../../../src/domain/menu/image/recognise.ts'
import { avif, jpeg, png, STRANGERS, webp } from '../../../support/images.ts'

type Maker = (width: number, height: number) => Uint8Array
const MAKERS: readonly (readonly [string, ImageType, Maker])[] = [
  ['PNG', 'image/png', png],
  ['JPEG', 'image/jpeg', jpeg],
  ['progressive JPEG', 'image/jpeg', (width, height) => jpeg(width, height, 0xc2)],
  ['lossy WebP', 'image/webp', webp.lossy],
  ['lossless WebP', 'image/webp', webp.lossless],
  ['extended WebP', 'image/webp', webp.extended],
  ['AVIF', 'image/avif', (width, height) => avif([width, height])],
]
const refusedAs = (reason: string) => ({
  ok: false,
  refusal: { kind: 'INVALID', errors: [{ field: 'body', reason }] },
})

describe.each(MAKERS)('a %s', (_, type, make) => {
  it('is known by its content, with its size', () => {
    for (const declared of [null, type])
      expect(recogniseImage(make(640, 480), declared)).toEqual({
        ok: true,
        value: { type, width: 640, height: 480 },
      })
  })

  it('may be as large as 8000 a side and 40 million pixels, and no larger', () => {
    expect(recogniseImage(make(8_000, 5_000), null).ok).toBe(true)
    expect(recogniseImage(make(1, 1), null).ok).toBe(true)
    expect(recogniseImage(make(8_001, 1), null)).toEqual(refusedAs('too_large_dimensions'))
    expect(recogniseImage(make(1, 8_001), null)).toEqual(refusedAs('too_large_dimensions'))
    expect(recogniseImage(make(8_000, 5_001), null)).toEqual(refusedAs('too_many_pixels'))
  })

  it('must be what the sender said it is', () => {
    const others = ['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'text/html', 'image/gif']
    for (const declared of others.filter((other) => other !== type))
      expect(recogniseImage(make(9, 9), declared)).toEqual({
        ok: false,
        refusal: { kind: 'IMAGE_TYPE', reason: 'type_mismatch' },
      })
  })

  it('is refused wherever its header is cut off', () => {
    const whole = make(640, 480)
    // Behind a JPEG's header come its scan and end, behind an AVIF's its data.
    const behind = type === 'image/jpeg' ? 13 : type === 'image/avif' ? 9 : 0
    for (let length = 0; length < whole.length - behind; length += 1)
      expect([length, recogniseImage(whole.slice(0, length), null).ok]).toEqual([length, false])
  })

  it('never makes the reader throw or run on, whatever its bytes say', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(255), fc.nat(200), fc.nat(255), (at, to, at2, to2) => {
        const broken = make(640, 480)
        if (at < broken.length) broken[at] = to
        if (at2 < broken.length) broken[at2] = to2
        const known = recogniseImage(broken, null)
        if (!known.ok) return
        expect(known.value.width * known.value.height).toBeLessThanOrEqual(40_000_000)
        expect(Math.min(known.value.width, known.value.height)).toBeGreaterThanOrEqual(1)
      }),
      { numRuns: 500 },
    )
  })
})

describe('recognising a picture', () => {
  it.each(Object.entries(STRANGERS))('refuses %s, whatever it is called', (_, bytes) => {
    for (const declared of [null, 'image/png', 'image/svg+xml'])
      expect(recogniseImage(bytes, declared)).toEqual({
        ok: false,
        refusal: { kind: 'IMAGE_TYPE', reason: 'unknown_type' },
      })
  })

  it('takes the largest of the pictures in an AVIF', () => {
    const tiled = avif([512, 512], [4_000, 3_000], [100, 9_000])
    expect(recogniseImage(tiled, null)).toMatchObject({ value: { width: 4_000, height: 3_000 } })
    expect(recogniseImage(avif([10, 10], [9_000, 9_000]), null)).toEqual(
      refusedAs('too_large_dimensions'),
    )
    expect(recogniseImage(avif(), null)).toEqual(refusedAs('truncated'))
  })

  it.each([
    ['PNG', png(0, 10)],
    ['JPEG', jpeg(10, 0)],
    ['WebP', webp.lossy(0, 5)],
    ['AVIF', avif([0, 0])],
  ])('refuses a %s without a pixel', (_, bytes) => {
    expect(recogniseImage(bytes, null)).toEqual(refusedAs('empty_image'))
  })

  it('serves a picture that is also something else as the picture alone', () => {
    const page = new TextEncoder().encode('<script>alert(1)</script>')
    const both = new Uint8Array([...png(9, 9), ...page])
    expect(recogniseImage(both, null)).toMatchObject({ value: { type: 'image/png' } })
    expect(recogniseImage(both, 'text/html').ok).toBe(false)
    expect(recogniseImage(new Uint8Array([...page, ...png(9, 9)]), null).ok).toBe(false)
  })
})
