import type { Deps } from '../deps.ts'

/** How often it is asked what this isolate has heard; that reads nothing. */
const TICK_MS = 50
/** The time to the next look for what arrived elsewhere: half as much again each time. */
const FIRST_LOOK_MS = 100
const LOOK_MS = 500

/** How whoever waits has looked so far. */
export interface Watch {
  startedAt: number
  /** By pauses alone: a clock need not move while nothing is read. */
  pausedMs: number
  lookMs: number
  /**
   * So long nothing that was heard makes it look, so that what happens together goes together; twice as
   * long after each look for nothing.
   */
  deafMs: number
  heard: number
}

export const beginWatch = (now: number): Watch => ({
  ...{ startedAt: now, pausedMs: 0 },
  ...{ lookMs: FIRST_LOOK_MS, deafMs: FIRST_LOOK_MS, heard: 0 },
})

export const waitedMs = ({ startedAt, pausedMs }: Watch, now: number): number =>
  Math.max(pausedMs, now - startedAt)

/** To be called before each look: what arrives while it looks is heard afterwards. */
export function listen(
  watch: Watch,
  { arrivals }: Pick<Deps, 'arrivals'>,
  of: string | null,
): void {
  watch.heard = arrivals.mark(of)
}

/** Until something arrived here, it is time to look, the wait is over, or nobody waits any more. */
export async function waitForEvents(
  deps: Pick<Deps, 'arrivals' | 'now' | 'pause'>,
  watch: Watch,
  wish: { restaurantId: string | null; waitSeconds: number; gone(): boolean },
): Promise<void> {
  const leftMs = wish.waitSeconds * 1_000 - waitedMs(watch, deps.now())
  const untilLook = Math.min(watch.lookMs, leftMs)
  let sleptMs = 0
  const isHeard = () => deps.arrivals.mark(wish.restaurantId) !== watch.heard
  while (sleptMs < untilLook && !wish.gone()) {
    if (isHeard() && sleptMs >= watch.deafMs) {
      watch.deafMs = Math.min(LOOK_MS, 2 * watch.deafMs)
      break
    }
    const tick = Math.min(TICK_MS, untilLook - sleptMs)
    await deps.pause(tick)
    sleptMs += tick
  }
  watch.pausedMs += sleptMs
  watch.lookMs = Math.min(LOOK_MS, watch.lookMs * 1.5)
}
