import { signal, type ReadonlySignal } from '@preact/signals'
import { passes, type Outcome, type Trouble } from './outcome.ts'
import { keep, recall } from './kept.ts'

/** A command as it is kept until the server has answered: its key makes repeats one command. */
export interface Queued<C> {
  key: string
  issuedAt: number
  command: C
  /** It was sent, and may have arrived: it cannot be taken back any more. */
  tried?: true
}

interface Ends<C, T> {
  /** What has to be there before any of them can be sent; until then none of them has left. */
  ready?: () => Promise<Outcome<unknown>>
  /** Sends it under its key. */
  send: (queued: Queued<C>) => Promise<Outcome<T>>
  done: (queued: Queued<C>, value: T) => void
  /** The server said no: it is not sent again. */
  refused: (queued: Queued<C>, trouble: Trouble) => void
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 15_000

/** A command older than this was meant for another moment: it is refused here instead of sent. */
const TOO_OLD: Trouble = {
  status: 409,
  code: 'CONFLICT',
  reason: 'TOO_OLD',
  message: null,
  details: {},
  retryAfterSeconds: null,
  traceId: null,
}

/**
 * Commands of a page, sent one after the other in the order they were given, each until the server
 * has answered. They outlive a reload; of several windows one sends.
 */
export class CommandQueue<C, T> {
  readonly #name: string
  readonly #ends: Ends<C, T>
  readonly #lastsMs: number
  readonly #waiting = signal<readonly Queued<C>[]>([])
  #running = false
  #wake: (() => void) | null = null

  constructor(name: string, lastsMs: number, ends: Ends<C, T>) {
    this.#name = name
    this.#lastsMs = lastsMs
    this.#ends = ends
    this.#waiting.value = (recall(name) as readonly Queued<C>[] | null) ?? []
    window.addEventListener('online', () => this.#wake?.())
    window.addEventListener('storage', ({ key }) => {
      if (key === name) this.#waiting.value = (recall(name) as readonly Queued<C>[] | null) ?? []
    })
    void this.#run()
  }

  get waiting(): ReadonlySignal<readonly Queued<C>[]> {
    return this.#waiting
  }

  /** Enters the command; from here on it survives a reload. */
  add(command: C, key: string = crypto.randomUUID()): Queued<C> {
    const queued = { key, issuedAt: Date.now(), command }
    this.#set([...this.#waiting.value, queued])
    void this.#run()
    return queued
  }

  /** Takes back what has not been sent; false when it is too late for that. */
  take(key: string): boolean {
    const wanted = this.#waiting.value.find((queued) => queued.key === key)
    if (wanted === undefined || wanted.tried === true) return false
    this.#set(this.#waiting.value.filter((queued) => queued !== wanted))
    return true
  }

  #set(waiting: readonly Queued<C>[]): void {
    this.#waiting.value = waiting
    keep(this.#name, waiting)
  }

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    try {
      await inOneWindow(this.#name, () => this.#drain())
    } finally {
      this.#running = false
    }
    if (this.#waiting.value.length > 0) void this.#run()
  }

  async #drain(): Promise<void> {
    // Another window may have sent some of them while this one waited for its turn.
    this.#waiting.value = (recall(this.#name) as readonly Queued<C>[] | null) ?? this.#waiting.value
    for (let tries = 0; ;) {
      const [first] = this.#waiting.value
      if (first === undefined) return
      const tooOld = Date.now() - first.issuedAt > this.#lastsMs
      if (!tooOld && isCutOff()) {
        await this.#pause(FIRST_PAUSE_MS)
        continue
      }
      const outcome = tooOld ? { ok: false as const, trouble: TOO_OLD } : await this.#send(first)
      if (outcome === null) continue
      if (!outcome.ok && passes(outcome.trouble)) {
        const { retryAfterSeconds } = outcome.trouble
        const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries)
        tries += 1
        await this.#pause(Math.max(pause, (retryAfterSeconds ?? 0) * 1000))
        continue
      }
      tries = 0
      this.#set(this.#waiting.value.filter(({ key }) => key !== first.key))
      if (outcome.ok) this.#ends.done(first, outcome.value)
      else this.#ends.refused(first, outcome.trouble)
    }
  }

  /** Null where it was taken back before it left. */
  async #send(queued: Queued<C>): Promise<Outcome<T> | null> {
    const ready = await this.#ends.ready?.()
    if (this.#waiting.value.every(({ key }) => key !== queued.key)) return null
    if (ready?.ok === false) return ready
    this.#markTried(queued)
    return this.#ends.send(queued)
  }

  #markTried({ key, tried }: Queued<C>): void {
    if (tried === true) return
    const marked = this.#waiting.value.map((one) =>
      one.key === key ? { ...one, tried: true as const } : one,
    )
    this.#set(marked)
  }

  /** Until the time has passed, or the network is back. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

/** The device has no network, by its own word: nothing would arrive. */
const isCutOff = (): boolean => (navigator as Partial<Navigator>).onLine === false

/** Old browsers have no locks; the commands' keys then keep two windows from doing anything twice. */
async function inOneWindow(name: string, work: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request(name, work)
  else await work()
}
