import type { Crowd } from '../domain/metrics/crowd.ts'
import type { LogLine } from '../runtime.ts'

/** However often people come and go, nobody is told more often than this. */
const TELL_EVERY_MS = 30_000
/** All restaurants tell one object. */
const KEEPER = 'platform'

export interface CrowdEnv {
  /** Who keeps what is told; left out where nobody does. */
  METRICS?: { getByName(name: string): unknown } | undefined
}

interface Parts {
  env: CrowdEnv
  waitUntil: (work: Promise<unknown>) => void
  now: () => number
  pause?: ((ms: number) => Promise<void>) | undefined
  log: (line: LogLine) => void
  crowd: () => Crowd
}

/**
 * Tells how many sockets are open, some time after that has changed. The last change is always told,
 * for which the object stays awake half a minute; nothing waits for it, and a failure only counts late.
 */
export class CrowdTeller {
  readonly #parts: Parts
  #toldAt: number | null = null
  #waiting = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** A socket was opened or has ended. */
  changed(): void {
    const { env, pause, waitUntil, now } = this.#parts
    if (env.METRICS === undefined || this.#waiting) return
    // A clock that was moved must not silence it.
    const since = this.#toldAt === null ? Infinity : Math.abs(now() - this.#toldAt)
    const wait = Math.max(0, TELL_EVERY_MS - since)
    if (wait === 0) {
      waitUntil(this.#tell(env.METRICS))
      return
    }
    if (pause === undefined) return
    this.#waiting = true
    waitUntil(pause(wait).then(() => env.METRICS && this.#tell(env.METRICS)))
  }

  async #tell(keepers: NonNullable<CrowdEnv['METRICS']>): Promise<void> {
    const { crowd, log, now } = this.#parts
    this.#waiting = false
    this.#toldAt = now()
    try {
      const keeper = keepers.getByName(KEEPER) as { crowd(told: Crowd): Promise<void> }
      await keeper.crowd(crowd())
    } catch (error) {
      const what = error instanceof Error ? error.name : typeof error
      log({ level: 'warn', kind: 'crowd-not-told', what })
    }
  }
}
