import type { EnteredRate } from '../../db/repositories/catalogue-ports.ts'
import { parseRate } from '../../domain/catalogue/exchange.ts'
import type { Currency } from '../../domain/money.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { auditOf, type Acting } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'

/** Enters what a currency was worth in another on a day; a day to come counts once it is here. */
export async function enterRate(
  deps: Pick<Deps, 'exchangeRates' | 'now' | 'random'>,
  by: Acting,
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
    enteredBy: by.userId ?? '',
  }
  const audit = auditOf(deps, by, {
    ...{ action: 'exchange-rate-entered', subject: 'exchange-rate', subjectId: `${base}/${quote}` },
    changes: { day: { from: day, to: day }, rateMillionths: { from: null, to: parsed.value } },
  })
  await deps.exchangeRates.enter(entered, audit)
  return ok(entered)
}
