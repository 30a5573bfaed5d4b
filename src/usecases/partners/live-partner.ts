import type { Partner } from '../../db/repositories/partner-ports.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

/** The partner, to be read. */
export async function findPartner(
  { partners }: Pick<Deps, 'partners'>,
  id: string,
): Promise<Result<Partner, Refusal>> {
  const partner = await partners.byId(id)
  return partner === null ? refuse({ kind: 'NOT_FOUND', what: 'partner' }) : ok(partner)
}

/** The partner, to be given something. */
export async function livePartner(
  deps: Pick<Deps, 'partners'>,
  id: string,
): Promise<Result<Partner, Refusal>> {
  const found = await findPartner(deps, id)
  return found.ok && found.value.disabledAt !== null ? refuse({ kind: 'PARTNER_DISABLED' }) : found
}
