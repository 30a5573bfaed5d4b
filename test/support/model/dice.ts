/** Random choices that a seed repeats. */
export interface Dice {
  /** In [0, 1). */
  roll(): number
  chance(probability: number): boolean
  /** 0 … count - 1. */
  below(count: number): number
  pick<T>(from: readonly T[]): T
  /** One of the keys, each as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K
  /** Takes a random one out. */
  draw<T>(from: T[]): T | undefined
}

/** A small generator with 32 bits of state (an integer hash of a counter). */
export function dice(seed: number): Dice {
  let counter = seed >>> 0
  const roll = (): number => {
    counter = (counter + 0x9e3779b9) >>> 0
    let mixed = counter
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
  }
  const below = (count: number): number => Math.floor(roll() * count)
  return {
    roll,
    chance: (probability) => roll() < probability,
    below,
    pick: (from) => from[below(from.length)]!,
    weighted(weights) {
      const entries = Object.entries<number>(weights)
      let left = roll() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      const found = entries.find(([, weight]) => (left -= weight) < 0) ?? entries[0]!
      return found[0] as keyof typeof weights
    },
    draw: (from) => (from.length === 0 ? undefined : from.splice(below(from.length), 1)[0]),
  }
}
