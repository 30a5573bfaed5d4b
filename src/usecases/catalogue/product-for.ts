import type { ExchangeRate } from '../../domain/catalogue/exchange.ts'
import type { ProductView } from '../../domain/catalogue/product.ts'
import { STRANGER } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { StorageUnavailableError } from '../../domain/unavailable.ts'
import type { Deps } from '../deps.ts'

/** `YYYY-MM-DD` of the instant, UTC. */
export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10)

/**
 * A product as it is this moment, from its restaurant itself. Without D1 there are no rates, and the
 * price stands in the restaurant's currency alone.
 */
export async function productFor(
  deps: Pick<Deps, 'restaurants' | 'exchangeRates' | 'now'>,
  id: string,
): Promise<Result<{ product: ProductView; rates: readonly ExchangeRate[] }, Refusal>> {
  const [read, rates] = await Promise.all([
    deps
      .restaurants(id)
      .query<'product'>({ query: { type: 'product', itemId: id }, asker: STRANGER }),
    ratesOrNone(deps),
  ])
  if (read.ok) return ok({ product: read.value, rates })
  // Whoever asks knows of no restaurant: an id without one is no product.
  return read.refusal.kind === 'NOT_FOUND' ? refuse({ kind: 'NOT_FOUND', what: 'product' }) : read
}

async function ratesOrNone({
  exchangeRates,
  now,
}: Pick<Deps, 'exchangeRates' | 'now'>): Promise<readonly ExchangeRate[]> {
  try {
    return await exchangeRates.newest(dayOf(now()))
  } catch (error) {
    if (error instanceof StorageUnavailableError) return []
    throw error
  }
}
