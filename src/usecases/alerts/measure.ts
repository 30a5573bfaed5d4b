import type { RestaurantReading } from '../../db/repositories/alert-ports.ts'
import { errorText } from '../../domain/error-text.ts'
import { FEWEST_ORDERS, WINDOW_SECONDS, type AlertKind } from '../../domain/alerts/rule.ts'
import { durationsOf, sumOf } from '../../domain/metrics/core.ts'
import type { Deps } from '../deps.ts'
import type { KnownRule } from './types.ts'

/** What was measured of each kind; null = not known. */
export type Measured = Readonly<Record<AlertKind, number | RestaurantReading | null>>

export type MeasureDeps = Pick<Deps, 'alertReader' | 'metrics' | 'now' | 'log'>

/** Measures all that alerts watch. A source that does not answer leaves what it knows of unknown. */
export async function measure(
  deps: MeasureDeps,
  rules: readonly KnownRule[],
  mostRestaurants: number,
): Promise<Measured> {
  const firesAt = (kind: AlertKind): number =>
    rules.find((rule) => rule.kind === kind)?.firesAt ?? Infinity
  const [counted, read] = await Promise.all([
    known(deps, 'metrics', async () => {
      await deps.metrics.flush()
      return deps.metrics.window(WINDOW_SECONDS)
    }),
    known(deps, 'database', () => deps.alertReader.read(firesAt, deps.now(), mostRestaurants)),
  ])
  return {
    'http-5xx':
      counted && Math.round(sumOf(counted.counters, 'http_requests_total', { class: '5xx' })),
    'order-p95': counted && placingMs(counted),
    'outbox-lag': read && read['outbox-lag'],
    'low-stock': read && read['low-stock'],
    'coupons-nearly-gone': read && read['coupons-nearly-gone'],
    'reconciliation-differences': read && read['reconciliation-differences'],
    'dead-agenda-entries': read && read['dead-agenda-entries'],
    'nobody-listening': read && read['nobody-listening'],
  }
}

/** A few orders are no measure: an hour without any is not slow. */
function placingMs(counted: Parameters<typeof durationsOf>[0]): number {
  const { count, p95Seconds } = durationsOf(counted, 'order_place_seconds', { outcome: 'placed' })
  return count < FEWEST_ORDERS ? 0 : Math.round((p95Seconds ?? 0) * 1_000)
}

async function known<T>(
  { log }: Pick<Deps, 'log'>,
  source: 'metrics' | 'database',
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    log({ level: 'warn', kind: 'alerts-unknown', source, error: errorText(error) })
    return null
  }
}
