import { describe, expect, it } from 'vitest'
import { taggedText, type TaggedText } from '../../src/domain/menu/tagged-text.ts'
import { refuse, type Result } from '../../src/domain/result.ts'
import type { Refusal } from '../../src/domain/refusal.ts'
import { StorageUnavailableError } from '../../src/domain/unavailable.ts'
import { RememberedMenus, textOf, type Reader } from '../../src/http/remembered-menus.ts'

type Answered = Result<TaggedText, Refusal>

/** A restaurant whose menu is a version and a text; it answers as the object does. */
function house(menus = new RememberedMenus()) {
  const menu = { tag: '1', text: '{"name":"후라이드"}' }
  const asked: (readonly string[])[] = []
  const answerTo = (known: readonly string[]): Answered => ({
    ok: true,
    value: known.includes(menu.tag) ? menu.tag : taggedText(menu.tag, menu.text),
  })
  const reader: Reader = {
    ask(known) {
      asked.push(known)
      return Promise.resolve(answerTo(known))
    },
    patience: () => new Promise(() => undefined),
  }
  const read = async (id = 'chicken', locale: 'ko' | 'en' = 'ko', by = reader) => {
    const answer = await menus.read(id, locale, by)
    return answer.ok ? [answer.value.tag, textOf(answer.value)] : answer.refusal
  }
  return { menu, asked, answerTo, reader, read, menus }
}

/** A question that is answered when the test says so, from what stands then. */
function heldReader({ asked, answerTo, reader }: ReturnType<typeof house>) {
  const held: (() => void)[] = []
  const fails: (() => void)[] = []
  const slow: Reader = {
    ...reader,
    ask(known) {
      asked.push(known)
      return new Promise((resolve, reject) => {
        held.push(() => resolve(answerTo(known)))
        fails.push(() => reject(new Error('the object is away')))
      })
    },
  }
  return { slow, held, fails }
}

describe('menus that an isolate remembers', () => {
  it('are sent over once, and again where they are new', async () => {
    const { menu, asked, read } = house()
    expect([await read(), await read()]).toEqual([
      ['1', '{"name":"후라이드"}'],
      ['1', '{"name":"후라이드"}'],
    ])
    Object.assign(menu, { tag: '2', text: 'new' })
    expect([await read(), await read()]).toEqual([
      ['2', 'new'],
      ['2', 'new'],
    ])
    expect(asked).toEqual([[], ['1'], ['1'], ['2']])
  })

  it('are kept apart by restaurant and language', async () => {
    const { asked, read } = house()
    await read('chicken')
    await read('chicken', 'en')
    await read('pizza')
    await read('chicken')
    expect(asked).toEqual([[], [], [], ['1']])
  })

  it('have so much room; the oldest go, and one that is too large is only answered', async () => {
    const { menu, asked, read } = house(new RememberedMenus(10))
    menu.text = '1234'
    for (const id of ['a', 'b', 'c', 'a', 'c']) await read(id)
    expect(asked).toEqual([[], [], [], [], ['1']])
    Object.assign(menu, { tag: '2', text: '12345678901' })
    expect([await read('d'), await read('d')]).toEqual([
      ['2', '12345678901'],
      ['2', '12345678901'],
    ])
    expect(asked.slice(5)).toEqual([[], []])
  })

  it('are not remembered where the restaurant refuses', async () => {
    const { asked, read, reader } = house()
    const refusal = { kind: 'NOT_FOUND', what: 'restaurant' } as const
    const unknown: Reader = { ...reader, ask: () => Promise.resolve(refuse(refusal)) }
    expect(await read('chicken', 'ko', unknown)).toEqual(refusal)
    await read()
    expect(asked).toEqual([[]])
  })
})

describe('readers at the same time', () => {
  it('share the question after the one that is under way: it may be older than their wish', async () => {
    const world = house()
    const { slow, held } = heldReader(world)
    const first = world.read('chicken', 'ko', slow)
    const later = [1, 2, 3].map(() => world.read('chicken', 'ko', slow))
    expect(world.asked).toEqual([[]])
    held[0]?.()
    expect(await first).toEqual(['1', '{"name":"후라이드"}'])
    Object.assign(world.menu, { tag: '2', text: 'new' })
    await expect.poll(() => held.length).toBe(2)
    // Theirs was asked already.
    const last = world.read('chicken', 'ko', slow)
    held[1]?.()
    for (const one of later) expect(await one).toEqual(['2', 'new'])
    await expect.poll(() => held.length).toBe(3)
    held[2]?.()
    expect(await last).toEqual(['2', 'new'])
    expect(world.asked).toEqual([[], ['1'], ['2']])
  })

  it('share nothing of a question that failed', async () => {
    const world = house()
    const { slow, fails } = heldReader(world)
    const first = world.read('chicken', 'ko', slow)
    const second = world.read()
    fails[0]?.()
    await expect(first).rejects.toThrow('the object is away')
    expect(await second).toEqual(['1', '{"name":"후라이드"}'])
    expect(await world.read()).toEqual(['1', '{"name":"후라이드"}'])
  })

  it('ask each by themselves where the one they shared failed', async () => {
    const world = house()
    const { slow, held, fails } = heldReader(world)
    const first = world.read('chicken', 'ko', slow)
    const both = [1, 2].map(() => world.read('chicken', 'ko', slow))
    held[0]?.()
    await first
    await expect.poll(() => fails.length).toBe(2)
    fails[1]?.()
    await expect.poll(() => held.length).toBe(4)
    held[2]?.()
    fails[3]?.()
    expect(await both[0]).toEqual(['1', '{"name":"후라이드"}'])
    await expect(both[1]).rejects.toThrow('the object is away')
    expect(await world.read()).toEqual(['1', '{"name":"후라이드"}'])
  })

  it('hear together that their restaurant is overrun, and do not ask it once more', async () => {
    const world = house()
    const { slow, held } = heldReader(world)
    const overrun: Reader = {
      ...world.reader,
      ask(known) {
        world.asked.push(known)
        return Promise.reject(new StorageUnavailableError(null))
      },
    }
    const first = world.read('chicken', 'ko', slow)
    const both = [1, 2].map(() => world.read('chicken', 'ko', overrun))
    held[0]?.()
    await first
    for (const one of both) await expect(one).rejects.toThrow(StorageUnavailableError)
    expect(world.asked).toEqual([[], ['1']])
  })

  it('ask by themselves when patience ends: who went before may have been cut off', async () => {
    const world = house()
    const { slow } = heldReader(world)
    void world.read('chicken', 'ko', slow)
    let patienceEnds = (): void => undefined
    const patience = new Promise<void>((end) => (patienceEnds = end))
    const second = world.read('chicken', 'ko', { ...world.reader, patience: () => patience })
    patienceEnds()
    expect(await second).toEqual(['1', '{"name":"후라이드"}'])
    // And nobody waits for it any more.
    expect(await world.read()).toEqual(['1', '{"name":"후라이드"}'])
  })

  it('ask nothing more when patience ends after the answer', async () => {
    const world = house()
    const { slow, held } = heldReader(world)
    const first = world.read('chicken', 'ko', slow)
    let patienceEnds = (): void => undefined
    const patience = new Promise<void>((end) => (patienceEnds = end))
    const second = world.read('chicken', 'ko', { ...world.reader, patience: () => patience })
    held[0]?.()
    await Promise.all([first, second])
    patienceEnds()
    await patience
    await Promise.resolve()
    expect(world.asked).toEqual([[], ['1']])
  })

  it('of another restaurant do not wait', async () => {
    const world = house()
    const { slow } = heldReader(world)
    void world.read('chicken', 'ko', slow)
    expect(await world.read('pizza')).toEqual(['1', '{"name":"후라이드"}'])
    expect(await world.read('chicken', 'en')).toEqual(['1', '{"name":"후라이드"}'])
  })
})
