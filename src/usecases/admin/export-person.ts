import type { HeldCart, HeldNote, HeldPage } from '../../db/repositories/personal-data-ports.ts'
import type { ClaimState } from '../../domain/coupon/coupon.ts'
import type { WholeOrder } from '../../domain/order/forget.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { WalletEntry } from '../../domain/wallet/ledger.ts'
import type { Deps } from '../deps.ts'
import { auditOf, type Acting } from './audit.ts'
import { readAccount, type AccountDetails } from './read-account.ts'

/** Everything that is held of a person; the long parts are read a page at a time, as they are taken. */
export interface HeldData {
  details: AccountDetails
  hasResetLink: boolean
  carts: readonly HeldCart[]
  notes: readonly HeldNote[]
  orders(): AsyncIterable<WholeOrder>
  claims(): AsyncIterable<ClaimState>
  walletEntries(): AsyncIterable<WalletEntry>
}

type ExportDeps = Pick<
  Deps,
  'people' | 'registry' | 'sessions' | 'wallets' | 'personalData' | 'audit' | 'now' | 'random'
>

/**
 * Everything that is held of somebody, for them to be handed. Who asked stands in the audit trail
 * before anything is given; `by` null: their own.
 */
export async function exportPerson(
  deps: ExportDeps,
  { userId, reason }: { userId: string; reason: string | null },
  by: Acting,
): Promise<Result<HeldData, Refusal>> {
  const details = await readAccount(deps, userId)
  if (!details.ok) return details
  if (details.value.account.erasedAt !== null) return refuse({ kind: 'CUSTOMER_ERASED' })
  await deps.audit.add(
    auditOf(deps, by, { action: 'user-exported', subject: 'user', subjectId: userId, reason }),
  )
  const { personalData, wallets } = deps
  const [carts, notes, hasResetLink] = await Promise.all([
    personalData.carts(userId),
    personalData.notes(userId),
    personalData.hasResetLink(userId),
  ])
  return ok({
    ...{ details: details.value, carts, notes, hasResetLink },
    orders: () => each((after) => personalData.orders(userId, after)),
    claims: () => each((after) => personalData.claims(userId, after)),
    walletEntries: () => each((after) => entriesOf(wallets, userId, after)),
  })
}

const ENTRIES_PER_PAGE = 100

async function entriesOf(
  wallets: Deps['wallets'],
  userId: string,
  beforeId: string | null,
): Promise<HeldPage<WalletEntry>> {
  const items = await wallets.page(userId, { limit: ENTRIES_PER_PAGE, beforeId })
  return { items, next: items.length === ENTRIES_PER_PAGE ? (items.at(-1)?.id ?? null) : null }
}

async function* each<T>(read: (after: string | null) => Promise<HeldPage<T>>): AsyncIterable<T> {
  let after: string | null = null
  do {
    const page: HeldPage<T> = await read(after)
    yield* page.items
    after = page.next
  } while (after !== null)
}
