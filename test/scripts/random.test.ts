import { describe, expect, it } from 'vitest'
import { createChance } from '../../scripts/lib/random.ts'

const draws = (seed: number, name: string, count = 50) => {
  const chance = createChance(seed, name)
  return Array.from({ length: count }, () => chance.between(1, 1_000))
}

describe('chance by a seed', () => {
  it('repeats itself', () => {
    expect(draws(42, 'guest 1')).toEqual(draws(42, 'guest 1'))
  })

  it('differs by seed and by actor', () => {
    expect(draws(42, 'guest 1')).not.toEqual(draws(43, 'guest 1'))
    expect(draws(42, 'guest 1')).not.toEqual(draws(42, 'guest 2'))
  })

  it('reaches both ends of a range and nothing beyond', () => {
    const chance = createChance(7, 'dice')
    const rolls = new Set(Array.from({ length: 500 }, () => chance.between(1, 6)))
    expect([...rolls].sort()).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('is true about as often as it is told to be', () => {
    const chance = createChance(7, 'coin')
    const heads = Array.from({ length: 2_000 }, () => chance.percent(30)).filter(Boolean).length
    expect(heads).toBeGreaterThan(500)
    expect(heads).toBeLessThan(700)
  })

  it('does not pick from nothing', () => {
    expect(() => createChance(1, 'x').pick([])).toThrow()
  })
})
