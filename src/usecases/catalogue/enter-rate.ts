import type { EnteredRate } from '../../db/repositories/catalogue-ports.ts'
import type { Actor } from '../../domain/actor.ts'
import { parseRate } from '../../domain/catalogue/exchange.ts'
import type { Currency } from '../../domain/money.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

/** Enters what a currency was worth in another on a day; a day to come counts once it is here. */
export async function enterRate(
  deps: Pick<Deps, 'exchangeRates' | 'now'>,
  actor: Pick<Actor, 'userId' | 'sessionId'>,
  { base, quote, day, rate }: { base: Currency; quote: Currency; day: string; rate: string },
): Promise<Result<EnteredRate, Refusal>> {
  if (base === quote)
    return refuse({ kind: 'INVALID', errors: [{ field: 'quote', reason: 'same_as_base' }] })
  const parsed = parseRate(base, quote, rate)
  if (!parsed.ok) return refuse({ kind: 'INVALID', errors: [parsed.refusal] })
  const entered: EnteredRate = {
    ...{ base, quote, day },
    rateMillionths: parsed.value,
    enteredAt: deps.now(),
    enteredBy: actor.userId ?? actor.sessionId,
  }
  await deps.exchangeRates.enter(entered)
  return ok(entered)
}
