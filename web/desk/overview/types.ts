import type { InferResponseType } from 'hono/client'
import type { DeskClient } from '../../lib/api.ts'

type Admin = DeskClient['api']['v1']['admin']

export type Statistics = InferResponseType<Admin['stats']['$get'], 200>
export type Core = InferResponseType<Admin['metrics']['core']['$get'], 200>
export type Lag = InferResponseType<Admin['integrations']['lag']['$get'], 200>
type Revenue = Statistics['orders']['by_day'][number]['revenue']
export type Currency = Revenue[number]['currency']

/** What came in, in one currency, less what went back. */
export const netIn = (revenue: Revenue, currency: Currency): number =>
  revenue.find((one) => one.currency === currency)?.net_amount ?? 0

/** The currencies there are orders in, the one with most of them first. */
export const currenciesOf = ({ revenue }: Pick<Statistics, 'revenue'>): Currency[] => {
  const orders = new Map<Currency, number>()
  for (const one of revenue) orders.set(one.currency, (orders.get(one.currency) ?? 0) + one.orders)
  return [...orders].toSorted(([, a], [, b]) => b - a).map(([currency]) => currency)
}

/** What waits and was given up, over all destinations. */
export function lagOf({ destinations }: Pick<Lag, 'destinations'>) {
  const oldest = destinations
    .flatMap(({ oldest_pending_at: at }) => (at === null ? [] : [at]))
    .toSorted()
  return {
    waiting: destinations.reduce((sum, { pending }) => sum + pending, 0),
    dead: destinations.reduce((sum, { dead }) => sum + dead, 0),
    failing: destinations.filter(({ failing_since: since }) => since !== null).length,
    oldest: oldest[0] ?? null,
  }
}
