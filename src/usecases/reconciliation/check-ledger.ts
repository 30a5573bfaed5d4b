import type { DebitOfOrder } from '../../db/repositories/reconciliation-ports.ts'
import { errorText } from '../../domain/error-text.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { unlessNothing } from '../../domain/reconciliation/difference.ts'
import { LEDGER_GRACE_MS } from '../../domain/reconciliation/ledger.ts'
import type { ReconciliationRun } from '../../domain/reconciliation/run.ts'
import { nextAfter, type BookDeps, type BookPage } from './book-page.ts'

const ENTRIES_PER_PAGE = 200

/** Points that were taken for a payment which no restaurant knows. */
export async function checkLedger(
  deps: BookDeps,
  { after }: Pick<ReconciliationRun, 'after'>,
): Promise<BookPage> {
  const debits = await deps.books.debits({ after, limit: ENTRIES_PER_PAGE })
  const doubtful = debits.filter(
    ({ known, createdAt }) => !known && createdAt <= deps.now() - LEDGER_GRACE_MS,
  )
  const verdicts = new Map<string, Verdict>()
  for (const debit of doubtful) verdicts.set(debit.paymentId, await verdictOn(deps, debit))
  return {
    next: nextAfter(debits, ENTRIES_PER_PAGE, ({ seq }) => String(seq)),
    owners: debits
      .map(({ paymentId }) => paymentId)
      .filter((paymentId) => verdicts.get(paymentId) !== 'unheard'),
    found: doubtful
      .filter(({ paymentId }) => verdicts.get(paymentId) === 'stray')
      .flatMap(({ paymentId, amount }) =>
        unlessNothing('LEDGER_STRAY', paymentId, amount).map((difference) => ({
          ...difference,
          owner: paymentId,
        })),
      ),
    figures: { entriesChecked: debits.length },
    asked: doubtful.length,
  }
}

type Verdict = 'stray' | 'known' | 'unheard'

/** The copy does not know the payment: its restaurant decides. */
async function verdictOn(deps: BookDeps, { paymentId }: DebitOfOrder): Promise<Verdict> {
  try {
    const asked = await deps.restaurants(paymentId).query<'payment'>({
      query: { type: 'payment', paymentId },
      asker: SYSTEM,
    })
    return asked.ok ? 'known' : 'stray'
  } catch (error) {
    const text = errorText(error)
    deps.log({ level: 'warn', kind: 'reconciliation-unheard', subject: paymentId, error: text })
    return 'unheard'
  }
}
