import type { RandomBytes } from '../../domain/ids.ts'
import { refuse } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import type { CartOutcome } from './change-cart.ts'

/** Whoever loses so often against other isolates that change the same cart is told to come back. */
const MOST_TRIES = 25
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 640
/** After that one goes on beside those who were before. */
const PATIENCE_MS = 10_000

const comeBack = (): CartOutcome =>
  refuse({ kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: 1 })

/** Changes of one owner's cart wait for each other in this isolate; the turn ends also when the caller goes. */
export const inTurn = (
  { cartTurns, pause, toTheEnd }: Pick<Deps, 'cartTurns' | 'pause' | 'toTheEnd'>,
  owner: string,
  work: () => Promise<CartOutcome>,
): Promise<CartOutcome> =>
  toTheEnd(async () => (await cartTurns.take(owner, work, () => pause(PATIENCE_MS))) ?? comeBack())

/** Tries until it is decided; null = others came first. Pauses grow and are drawn. */
export async function tryAgain(
  { pause, random }: Pick<Deps, 'pause' | 'random'>,
  attempt: () => Promise<CartOutcome | null>,
): Promise<CartOutcome> {
  for (let n = 0; n < MOST_TRIES; n += 1) {
    if (n > 0) await pause(pauseMs(n, random))
    const outcome = await attempt()
    if (outcome !== null) return outcome
  }
  return comeBack()
}

function pauseMs(lost: number, random: RandomBytes): number {
  const [drawn = 0] = random(1)
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (lost - 1))
  return Math.ceil((most * (drawn + 1)) / 256)
}
