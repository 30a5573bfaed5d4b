import { describe, expect, it } from 'vitest'
import { UnderWay } from '../../src/restaurant/under-way.ts'

function underWay() {
  const clock = { now: 0 }
  const calls = new UnderWay(() => clock.now)
  /** Begins a call that goes on until it is ended. */
  const begin = (name: string) => {
    let end = (): void => undefined
    let fail = (): void => undefined
    let amongOthers: boolean | null = null
    const ended = calls.during(name, (others) => {
      amongOthers = others
      return new Promise<void>((resolve, reject) => {
        end = resolve
        fail = () => reject(new Error('no'))
      })
    })
    return { amongOthers, ended, end: () => (end(), ended), fail: () => (fail(), ended) }
  }
  return { clock, begin, calls }
}

describe('commands under way', () => {
  it('know of each other where they go to the same restaurant', () => {
    const { begin } = underWay()
    const first = begin('a')
    expect([first, begin('b'), begin('a'), begin('a')].map((call) => call.amongOthers)).toEqual([
      ...[false, false, true, true],
    ])
  })

  it('are no more once they have ended, well or not', async () => {
    const { begin } = underWay()
    await begin('a').end()
    await expect(begin('a').fail()).rejects.toThrow('no')
    expect(begin('a').amongOthers).toBe(false)
  })

  it('are forgotten where none has been heard of for ten seconds: their request is gone', async () => {
    const { clock, begin } = underWay()
    const lost = begin('a')
    clock.now = 9_999
    const late = begin('a')
    expect(late.amongOthers).toBe(true)
    clock.now = 19_999
    const next = begin('a')
    expect(next.amongOthers).toBe(false)
    // What was forgotten and ends after all takes nobody's place.
    await Promise.all([lost.end(), late.end()])
    expect(begin('a').amongOthers).toBe(true)
  })
})
