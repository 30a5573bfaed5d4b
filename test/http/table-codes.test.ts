import { describe, expect, it } from 'vitest'
import { encode } from 'uqr'
import { encodePng } from '../../src/http/png.ts'
import { atTable, placeWith, type Place } from '../support/story-restaurant.ts'
import { stranger } from '../support/story-people.ts'
import type { Story } from '../support/story.ts'

interface Table {
  id: string
  name: string
  qr_url: string
}
const codeOf = ({ qr_url }: Pick<Table, 'qr_url'>): string => qr_url.split('#')[1] ?? ''

const page = async (story: Story, who: Place['owner'], path: string, language = 'ko') =>
  story.ask(`/api/v1${path}`, {
    headers: { authorization: `Bearer ${await who.token()}`, 'accept-language': language },
  })
const scan = (story: Story, table: Table, code: string) =>
  stranger(story).post('/auth/guest', { table_id: table.id, code }, { key: null })

/** Reads a picture as any reader would: chunks and their checksums, then a line of bits after another. */
async function readPng(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  expect(Array.from(bytes.slice(0, 8))).toEqual([137, 80, 78, 71, 13, 10, 26, 10])
  const chunks = new Map<string, Uint8Array<ArrayBuffer>>()
  for (let at = 8; at < bytes.length;) {
    const length = view.getUint32(at)
    const type = new TextDecoder().decode(bytes.slice(at + 4, at + 8))
    expect(view.getUint32(at + 8 + length)).toBe(crc(bytes.slice(at + 4, at + 8 + length)))
    chunks.set(type, new Uint8Array(bytes.slice(at + 8, at + 8 + length)))
    at += 12 + length
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
  const header = new DataView(chunks.get('IHDR')!.buffer)
  const [width, height] = [header.getUint32(0), header.getUint32(4)]
  expect([header.getUint8(8), header.getUint8(9)]).toEqual([1, 0])
  const unpacked = new Blob([chunks.get('IDAT')!])
    .stream()
    .pipeThrough(new DecompressionStream('deflate'))
  const raw = new Uint8Array(await new Response(unpacked).arrayBuffer())
  const stride = 1 + Math.ceil(width / 8)
  expect(raw.length).toBe(stride * height)
  return {
    width,
    height,
    isDark: (x: number, y: number): boolean =>
      ((raw[y * stride + 1 + (x >> 3)]! >> (7 - (x & 7))) & 1) === 0,
  }
}

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1)
      value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return ~value >>> 0
}

describe('a picture of modules', () => {
  it('has every module in its place, at any width', async () => {
    for (const scale of [1, 3, 8]) {
      const modules = [
        [true, false, true, true, false],
        [false, false, false, true, true],
        [true, true, true, false, false],
      ]
      const picture = await readPng(await encodePng(modules, scale))
      expect([picture.width, picture.height]).toEqual([5 * scale, 3 * scale])
      for (let y = 0; y < picture.height; y += 1)
        for (let x = 0; x < picture.width; x += 1)
          expect(picture.isDark(x, y)).toBe(modules[Math.floor(y / scale)]?.[Math.floor(x / scale)])
    }
  })
})

describe('the code of a table as PNG', () => {
  it("is the table's own address, sharp, and in no cache", async () => {
    const { story, place } = await placeWith()
    const { a1 } = place.tables
    const answered = await page(story, place.staff, `/tables/${a1.id}/qr.png`)
    expect(answered.status).toBe(200)
    expect(answered.headers.get('content-type')).toBe('image/png')
    expect(answered.headers.get('cache-control')).toContain('no-store')
    const picture = await readPng(new Uint8Array(await answered.arrayBuffer()))
    const { data } = encode(a1.qr_url, { ecc: 'M', border: 4 })
    expect(picture.width).toBe(data.length * 16)
    data.forEach((row, y) =>
      row.forEach((dark, x) => expect(picture.isDark(x * 16 + 8, y * 16 + 8)).toBe(dark)),
    )
  })

  it('is for staff of the restaurant', async () => {
    const { story, place, guest } = await atTable()
    const path = `/tables/${place.tables.a1.id}/qr.png`
    expect((await page(story, guest as Place['owner'], path)).status).toBe(403)
    const other = await placeWith()
    expect((await page(story, other.place.owner, path)).status).not.toBe(200)
  })
})

describe('the sheet to print', () => {
  it('has every table by name with its code, and loads nothing', async () => {
    const { story, place } = await placeWith({ name: '<b>치킨</b> & 맥주' })
    await place.owner.post('/tables', { name: '<i>창가' })
    const sheet = await page(story, place.staff, '/tables/qr-sheet')
    expect(sheet.status).toBe(200)
    expect(sheet.headers.get('content-type')).toContain('text/html')
    expect(sheet.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(sheet.headers.get('cache-control')).toContain('no-store')
    const html = await sheet.text()
    for (const text of [
      '테이블 A1',
      '테이블 A2',
      '&lt;i&gt;창가',
      '&lt;b&gt;치킨&lt;/b&gt; &amp; 맥주',
    ])
      expect(html).toContain(text)
    expect(html).not.toContain('<i>창가')
    expect(html.match(/<svg /g)).toHaveLength(3)
    expect(html).toContain('size: A4')
  })

  it('speaks the language of who prints it', async () => {
    const { story, place } = await placeWith()
    expect(await (await page(story, place.owner, '/tables/qr-sheet', 'en')).text()).toContain(
      'Scan to order',
    )
  })

  it('is not for guests', async () => {
    const { story, guest } = await atTable()
    expect((await page(story, guest as Place['owner'], '/tables/qr-sheet')).status).toBe(403)
  })
})

describe('rotating the code of a table', () => {
  it('refuses the old one at once and lets the new one in', async () => {
    const { story, place } = await placeWith()
    const { a1 } = place.tables
    const rotated = await place.owner.post<Table>(`/tables/${a1.id}/qr/rotate`)
    expect(rotated.status).toBe(200)
    expect(rotated.body.qr_url).not.toBe(a1.qr_url)
    expect((await scan(story, a1, codeOf(a1))).body.error.reason).toBe('WRONG_TABLE_CODE')
    expect((await scan(story, a1, codeOf(rotated.body))).status).toBe(201)
    const { body } = await place.owner.get<Table>(`/tables/${a1.id}`)
    expect(body.qr_url).toBe(rotated.body.qr_url)
  })

  it('leaves those who sit there in their visit, ordering on', async () => {
    const { place, guest } = await atTable({ table_access: 'SCAN' })
    const { a1 } = place.tables
    const before = await guest.get<{ visit_id: string }>(`/tables/${a1.id}`)
    await place.owner.post(`/tables/${a1.id}/qr/rotate`)
    expect((await guest.get<{ visit_id: string }>(`/tables/${a1.id}`)).body).toEqual(before.body)
    expect((await place.place(guest, { table_id: a1.id })).status).toBe(201)
  })

  it('with the same key rotates once', async () => {
    const { place } = await placeWith()
    const path = `/tables/${place.tables.a1.id}/qr/rotate`
    const first = await place.owner.post<Table>(path, undefined, { key: 'once' })
    const again = await place.owner.post<Table>(path, undefined, { key: 'once' })
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
  })

  it('keeps a guest of an ended visit out though the photo of the old code is at hand', async () => {
    const { story, place, guest } = await atTable({ table_access: 'SCAN' })
    const { a1 } = place.tables
    await place.staff.post(`/tables/${a1.id}/reset`, {})
    await place.owner.post(`/tables/${a1.id}/qr/rotate`)
    await place.staff.post(`/tables/${a1.id}/open`)
    expect((await place.place(guest, { table_id: a1.id })).body.error.reason).toBe('VISIT_ENDED')
    expect((await scan(story, a1, codeOf(a1))).status).toBe(403)
  })

  it('is for owners, and tells the boards without the code', async () => {
    const { story, place } = await placeWith()
    const path = `/tables/${place.tables.a1.id}/qr/rotate`
    expect((await place.staff.post(path)).status).toBe(403)
    const rotated = await place.owner.post<Table>(path)
    await story.settle()
    expect(JSON.stringify(story.queue)).not.toContain(codeOf(rotated.body))
  })
})
