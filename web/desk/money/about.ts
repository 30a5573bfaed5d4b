import type { Difference } from '../administration/types.ts'

/** Whom or what a difference is about, where the desk has a page for it. */
export function aboutOf({
  kind,
  owner,
}: Pick<Difference, 'kind' | 'owner'>): { what: 'order' | 'account'; id: string } | null {
  // Points for a payment that nobody knows belong to nothing that could be shown.
  if (kind === 'LEDGER_STRAY') return null
  return { what: kind.startsWith('WALLET_') ? 'account' : 'order', id: owner }
}
