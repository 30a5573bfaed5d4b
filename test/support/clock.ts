const clocks = new Map<string, number>()

/** What the clock of the restaurant with this key shows; without a setting, the machine's. */
export const clockOf = (key: string | undefined): number =>
  (key === undefined ? undefined : clocks.get(key)) ?? Date.now()

export const setClock = (key: string, now: number): void => void clocks.set(key, now)
