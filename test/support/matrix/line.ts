import type { CommandType } from '../../../src/domain/commands.ts'
import type { Report } from '../../../src/domain/jobs.ts'
import type { RemoteProvider } from '../../../src/domain/payment/payment.ts'
import { StorageUnavailableError } from '../../../src/domain/unavailable.ts'
import type { PaymentProvider } from '../../../src/providers/payment-port.ts'
import type { RestaurantHandle } from '../../../src/restaurant/restaurant-port.ts'
import type { Deps } from '../../../src/usecases/deps.ts'
import type { JobDeps } from '../../../src/usecases/jobs/run-job.ts'
import { gate } from '../gate.ts'
import type { Place } from './place.ts'
import { REFUSED, UNKNOWN } from './till.ts'

/** Of every report of money: the object's first word, the provider's answer, the object's last word. */
export type Step = 'claim' | 'provider' | 'settlement'
export type Answer = 'unknown-done' | 'unknown-undone' | 'refused-done' | 'refused-undone'
export type Fault =
  /** Whoever was at work is gone for ever. */
  | { cut: 'before' | 'after'; at: Step }
  /** The object's memory is gone; its rows and the caller are not. */
  | { evicted: 'before' | 'after'; at: Step }
  | { answer: Answer }

type LineDeps = JobDeps & Pick<Deps, 'wallets' | 'random' | 'toTheEnd' | 'webhooks' | 'accountKeys'>

const CLAIMS: readonly CommandType[] = [
  'claim-capture',
  'note-webhook',
  'place-order',
  'settle-order',
  'report-deposit',
  'note-deposit',
]
const SETTLEMENTS: readonly Report['kind'][] = ['captured', 'looked-up', 'voided']

/** One caller's way through the product, with at most one thing that goes wrong on it, once. */
export class Line {
  readonly deps: LineDeps
  readonly #place: Place
  readonly #fault: Fault | null
  /** Never: the caller is gone. */
  readonly #never = new Promise<never>(() => undefined)
  readonly #gone = gate()
  readonly #begun = gate()
  #held: ReturnType<typeof gate> | null = null
  #dead = false
  fired = false

  constructor(place: Place, fault: Fault | null = null) {
    this.#place = place
    this.#fault = fault
    this.deps = this.#makeDeps()
  }

  /** The object has the line's first word. */
  get begun(): Promise<void> {
    return this.#begun.reached
  }

  /** Does the work until its end, or until the caller is gone. */
  run<T>(work: () => Promise<T>): Promise<T | undefined> {
    return Promise.race([work(), this.#gone.reached.then(() => undefined)])
  }

  /** The provider takes its time over the first call, until it is released. */
  hold(): void {
    this.#held = gate()
  }
  release(): void {
    this.#held?.open()
  }
  /** The provider was called, or never will be. */
  reached(run: Promise<unknown>): Promise<unknown> {
    return Promise.race([this.#held?.reached, run])
  }

  async step<T>(step: Step, work: () => Promise<T>): Promise<T> {
    if (this.#dead) return this.#never
    if (step === 'provider') await this.#held?.pass()
    await this.#goesWrong('before', step)
    const answer = await work()
    await this.#goesWrong('after', step)
    if (step === 'claim') void this.#begun.pass()
    return answer
  }

  async #goesWrong(when: 'before' | 'after', step: Step): Promise<void> {
    const fault = this.#fault
    if (this.#dead) await this.#never
    if (this.fired || fault === null || !('at' in fault) || fault.at !== step) return
    if ('cut' in fault && fault.cut === when) {
      this.fired = true
      this.#dead = true
      void this.#gone.pass()
      await this.#never
    }
    if ('evicted' in fault && fault.evicted === when) {
      this.fired = true
      this.#place.evict()
    }
  }

  /** The answer that the fault makes of the provider's; undefined: it answers as it is. */
  #wrongAnswer(): Answer | undefined {
    if (this.fired || this.#fault === null || !('answer' in this.#fault)) return undefined
    this.fired = true
    return this.#fault.answer
  }

  #makeDeps(): LineDeps {
    const place = this.#place
    const { till } = place
    const deps = {
      now: () => place.now(),
      random: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
      log: () => undefined,
      restaurants: () => this.#handle(),
      provider: (of: RemoteProvider) => Promise.resolve(this.#adapter(of)),
      accountKeys: () => Promise.resolve(null),
      wallets: this.#wallets(),
      users: { byId: () => Promise.resolve(null) },
      mail: null,
      webhooks: {
        deposits: { read: (body: unknown) => body, isFrom: () => true },
      },
      toTheEnd: <T>(work: () => Promise<T>) => work(),
      till,
    }
    return deps as unknown as LineDeps
  }

  #wallets() {
    const { points } = this.#place.till
    return {
      balanceOf: points.balanceOf,
      debitForOrder: (debit: Parameters<typeof points.debitForOrder>[0]) =>
        this.step('provider', async () => {
          const wrong = this.#wrongAnswer()
          if (wrong === 'refused-undone') points.empty = true
          const answer = wrong === 'unknown-undone' ? null : await points.debitForOrder(debit)
          if (wrong?.startsWith('unknown') === true || answer === null)
            throw new StorageUnavailableError(new Error('no answer'))
          return answer
        }),
    }
  }

  #adapter(of: RemoteProvider): PaymentProvider {
    const real = this.#place.till.provider(of, this.#place.registers)
    const asked = <A>(ask: () => Promise<A>): Promise<A | typeof UNKNOWN> =>
      this.step('provider', async () => (this.#wrongAnswer() === undefined ? ask() : UNKNOWN))
    return {
      ...real,
      capture: (request) =>
        this.step('provider', async () => {
          const wrong = this.#wrongAnswer()
          const { points } = this.#place.till
          if (wrong === 'refused-undone' && of === 'wallet') points.empty = true
          else if (wrong === 'refused-undone') this.#place.till.fail(request.paymentId)
          else if (wrong === 'unknown-undone') return UNKNOWN
          const answer = await real.capture(request)
          if (wrong === undefined || of === 'wallet')
            return wrong?.startsWith('unknown') === true ? UNKNOWN : answer
          return wrong.startsWith('unknown') ? UNKNOWN : REFUSED
        }),
      lookUp: (name) => asked(() => real.lookUp(name)),
      void: (name) => asked(() => real.void(name)),
    }
  }

  #handle(): RestaurantHandle {
    const place = this.#place
    const handle = {
      execute: (envelope: Parameters<RestaurantHandle['execute']>[0]) => {
        const { type } = envelope.command
        const work = async () => {
          await Promise.resolve()
          const outcome = place.committed(place.object.execute(envelope), this)
          if (type === 'settle-order') place.till.takeCash(outcome)
          return outcome
        }
        if (type === 'settle-capture') return this.step('settlement', work)
        return CLAIMS.includes(type) ? this.step('claim', work) : work()
      },
      query: async (envelope: Parameters<RestaurantHandle['query']>[0]) => {
        await Promise.resolve()
        return place.object.query(envelope)
      },
      report: (report: Report) => {
        const work = async () => {
          await Promise.resolve()
          return place.committed(place.object.report(report), this)
        }
        return SETTLEMENTS.includes(report.kind) ? this.step('settlement', work) : work()
      },
    }
    return handle as unknown as RestaurantHandle
  }
}
