import { describe, expect, it } from 'vitest'
import { Gathering } from '../../src/restaurant/gathering.ts'

/** Turns pass when the test lets them. */
function gathering() {
  const turns: { pass: () => void; fail: (error: Error) => void }[] = []
  const gathered = new Gathering(
    () => new Promise((pass, fail) => turns.push({ pass: () => pass(), fail })),
  )
  const done: string[] = []
  const add = (name: string) => gathered.add(() => (done.push(name), name))
  return { gathered, turns, done, add }
}

describe('commands that come at about the same time', () => {
  it('wait one turn, and then run in one go, in the order in which they came', async () => {
    const { gathered, turns, done, add } = gathering()
    const [a, b, c] = [add('a'), add('b'), add('c')]
    expect([done, gathered.isOpen, turns.length]).toEqual([[], true, 1])
    turns[0]?.pass()
    expect(await Promise.all([a, b, c])).toEqual(['a', 'b', 'c'])
    expect([done, gathered.isOpen, turns.length]).toEqual([['a', 'b', 'c'], false, 1])
  })

  it('run without a pause between them, so that nothing else is committed in their midst', async () => {
    const { gathered, turns } = gathering()
    const seen: string[] = []
    const both = ['a', 'b'].map((name) =>
      gathered.add(() => {
        seen.push(name)
        void Promise.resolve().then(() => seen.push(`after ${name}`))
      }),
    )
    turns[0]?.pass()
    await Promise.all(both)
    expect(seen).toEqual(['a', 'b', 'after a', 'after b'])
  })

  it('fail each alone', async () => {
    const { gathered, turns, done, add } = gathering()
    const before = add('before')
    const bad = gathered.add(() => {
      throw new Error('no')
    })
    const after = add('after')
    turns[0]?.pass()
    await expect(bad).rejects.toThrow('no')
    expect([await before, await after, done]).toEqual(['before', 'after', ['before', 'after']])
  })

  it('run too where the turn itself went wrong', async () => {
    const { turns, add } = gathering()
    const a = add('a')
    turns[0]?.fail(new Error('no timer'))
    expect(await a).toBe('a')
  })

  it('are fifty at most in one go; the rest wait for the next turn', async () => {
    const { gathered, turns, done, add } = gathering()
    const all = Array.from({ length: 120 }, (_, number) => add(String(number)))
    for (const [turn, most] of [50, 100, 120].entries()) {
      turns[turn]?.pass()
      await all[most - 1]
      expect(done).toHaveLength(most)
    }
    expect(gathered.isOpen).toBe(false)
    await Promise.all(all)
    expect(done).toEqual(Array.from({ length: 120 }, (_, number) => String(number)))
  })

  it('begin a turn of their own after the last', async () => {
    const { turns, add } = gathering()
    const first = add('first')
    turns[0]?.pass()
    await first
    const second = add('second')
    expect(turns).toHaveLength(2)
    turns[1]?.pass()
    expect(await second).toBe('second')
  })
})
