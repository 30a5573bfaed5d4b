import { walletDifferences } from '../../domain/reconciliation/ledger.ts'
import type { ReconciliationRun } from '../../domain/reconciliation/run.ts'
import { nextAfter, type BookDeps, type BookPage } from './book-page.ts'

const WALLETS_PER_PAGE = 200

/** Holds a page of wallets against their ledger and against what was bought and turned back. */
export async function checkWallets(
  { books }: Pick<BookDeps, 'books'>,
  { after, since }: Pick<ReconciliationRun, 'after' | 'since'>,
): Promise<BookPage> {
  const wallets = await books.wallets({ after, since, limit: WALLETS_PER_PAGE })
  return {
    next: nextAfter(wallets, WALLETS_PER_PAGE, ({ userId }) => userId),
    owners: wallets.map(({ userId }) => userId),
    found: wallets.flatMap((sums) =>
      walletDifferences(sums).map((difference) => ({ ...difference, owner: sums.userId })),
    ),
    figures: { walletsChecked: wallets.length },
    asked: 0,
  }
}
