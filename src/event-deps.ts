import type { Env } from './env.ts'
import { toldBy, type ToldByEvents } from './domain/metrics/told-by-events.ts'
import type { Metrics } from './metrics/metrics-port.ts'
import { countedProvider, providerLine } from './providers/counted-provider.ts'
import { createRestaurants } from './restaurant/client.ts'
import type { UnderWay } from './restaurant/under-way.ts'
import type { Deps } from './usecases/deps.ts'
import type { Publisher } from './usecases/jobs/publisher.ts'
import { tryJobs } from './usecases/jobs/try-jobs.ts'
import { deliverSoon } from './usecases/outgoing/deliver-soon.ts'
import type { ProviderAccounts } from './usecases/payments/provider-accounts.ts'

/** What lives as long as the isolate. */
export type Lasting = Omit<
  Deps,
  'about' | 'inTrace' | 'restaurants' | 'provider' | 'accountKeys' | 'forgetAccounts' | 'toTheEnd'
> & {
  accounts: ProviderAccounts
  underWay: UnderWay
}

export type Waiting = Pick<ExecutionContext, 'waitUntil'>

function countTold(metrics: Metrics, { paid, unseen }: ToldByEvents): void {
  if (unseen > 0) metrics.count('orders_unseen_total', {}, unseen)
  for (const { method, secondsSinceScan } of paid) {
    metrics.count('payments_completed_total', { method })
    if (secondsSinceScan !== null) metrics.observe('scan_to_paid_seconds', {}, secondsSinceScan)
  }
}

/** The Deps of one event: what lives as long as the isolate, and what belongs to this one's trace. */
export function forEvent(
  lasting: Lasting,
  publisher: Publisher,
  env: Env,
  event: Waiting,
  traceId: string | null = null,
): Deps {
  const { accounts } = lasting
  const about: Deps['about'] = { traceId, orderId: null }
  const traced = <T extends object>(said: T): T =>
    about.traceId === null ? said : { traceId: about.traceId, ...said }
  const toTheEnd = <T>(work: () => Promise<T>): Promise<T> => {
    const running = work()
    // The caller hears of a failure; here it only has to be kept alive.
    event.waitUntil(running.catch(() => undefined))
    return running
  }
  const deps: Deps = {
    ...lasting,
    about,
    inTrace(other) {
      if (about.traceId !== null) return forEvent(lasting, publisher, env, event, other)
      // Its first one is its own: a request has no other, and a copy of all this costs it too much.
      about.traceId = other
      return deps
    },
    log: (line) => {
      lasting.log(traced(line))
    },
    send: (message, delaySeconds) => lasting.send(traced(message), delaySeconds),
    toTheEnd,
    projector: {
      ...lasting.projector,
      // What it owes is sent beside everything else that is going on, and in nobody's way.
      async project(events, now) {
        const owed = await lasting.projector.project(events, now)
        deps.arrivals.note(events.map(({ restaurantId }) => restaurantId))
        countTold(lasting.metrics, toldBy(events))
        if (owed.length > 0) event.waitUntil(deliverSoon(deps, owed))
        return owed
      },
    },
    provider: async (of, restaurantId, kept) => {
      const provider = await accounts.provider(deps, of, restaurantId, kept)
      return countedProvider(provider, lasting.now, (noted) => {
        const { call, outcome, seconds } = noted
        deps.log(providerLine(of, about.orderId, noted))
        lasting.metrics.count('provider_calls_total', { provider: of, call, outcome })
        lasting.metrics.observe('provider_call_duration_seconds', { provider: of, call }, seconds)
      })
    },
    accountKeys: (of, restaurantId) => accounts.keys(deps, of, restaurantId),
    forgetAccounts: (restaurantId) => accounts.forget(restaurantId),
    restaurants: createRestaurants(
      env.RESTAURANTS,
      (jobs) => {
        event.waitUntil(tryJobs(deps, jobs, publisher))
      },
      undefined,
      about,
      lasting.underWay,
    ),
  }
  return deps
}
