/** Chance that repeats itself: the same seed and name give the same choices. */
export interface Chance {
  /** 0 ≤ x < 1. */
  fraction: () => number
  /** A whole number from `min` to `max`, both included. */
  between: (min: number, max: number) => number
  /** True this often of 100. */
  percent: (of100: number) => boolean
  pick: <T>(from: readonly T[]) => T
}

function hash(text: string): number {
  let state = 0x811c9dc5
  for (const character of text) {
    state ^= character.codePointAt(0) ?? 0
    state = Math.imul(state, 0x01000193)
  }
  return state >>> 0
}

/** Each actor has a name of its own, so that one actor's choices do not hang on the others' speed. */
export function createChance(seed: number, name: string): Chance {
  let state = hash(`${seed}:${name}`)
  const fraction = () => {
    // SplitMix32: every state is visited once, and neighbours of a seed share nothing.
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    mixed ^= mixed >>> 15
    return (mixed >>> 0) / 2 ** 32
  }
  const between = (min: number, max: number) => min + Math.floor(fraction() * (max - min + 1))
  return {
    fraction,
    between,
    percent: (of100) => fraction() * 100 < of100,
    pick: <T>(from: readonly T[]): T => {
      if (from.length === 0) throw new Error('nothing to pick from')
      return from[between(0, from.length - 1)] as T
    },
  }
}
