import { describe, expect, it } from 'vitest'
import { Turns } from '../../../src/usecases/cart/turns.ts'

const forEver = () => new Promise<void>(() => undefined)
function gate() {
  let open = (): void => undefined
  const promise = new Promise<void>((resolve) => (open = resolve))
  return { promise, open }
}
const turnOver = async () => {
  for (let n = 0; n < 20; n += 1) await Promise.resolve()
}

describe('turns', () => {
  it('come one after the other in one line, and all at once in several', async () => {
    const turns = new Turns()
    const begun: string[] = []
    const first = gate()
    const one = turns.take('a', () => (begun.push('a1'), first.promise), forEver)
    const two = turns.take('a', () => Promise.resolve(begun.push('a2')), forEver)
    const other = turns.take('b', () => Promise.resolve(begun.push('b1')), forEver)
    await turnOver()
    expect(begun).toEqual(['a1', 'b1'])
    first.open()
    await Promise.all([one, two, other])
    expect(begun).toEqual(['a1', 'b1', 'a2'])
    expect(turns.size).toBe(0)
  })

  it('pass on from work that throws', async () => {
    const turns = new Turns()
    const failing = turns.take('a', () => Promise.reject(new Error('no')), forEver)
    const next = turns.take('a', () => Promise.resolve('done'), forEver)
    await expect(failing).rejects.toThrow('no')
    expect([await next, turns.size]).toEqual(['done', 0])
  })

  it('are taken when patience ends, and those after wait for work that will end', async () => {
    const turns = new Turns()
    void turns.take('a', forEver, forEver)
    const patience = gate()
    const second = gate()
    const begun: number[] = []
    const two = turns.take(
      'a',
      () => (begun.push(2), second.promise),
      () => patience.promise,
    )
    await turnOver()
    expect(begun).toEqual([])
    patience.open()
    await turnOver()
    expect([begun, turns.size]).toEqual([[2], 0])
    expect(await turns.take('a', () => Promise.resolve(3), forEver)).toBe(3)
    second.open()
    await two
    expect(turns.size).toBe(0)
  })

  it('are refused to who would make the line too long', async () => {
    const turns = new Turns()
    const first = gate()
    const work = () => first.promise
    const taken = Array.from({ length: 250 }, () => turns.take('a', work, forEver))
    expect(await turns.take('a', work, forEver)).toBeNull()
    first.open()
    expect(await Promise.all(taken)).not.toContain(null)
    expect(await turns.take('a', () => Promise.resolve('again'), forEver)).toBe('again')
  })
})
