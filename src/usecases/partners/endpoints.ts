import type { PartnerEndpoint } from '../../db/repositories/partner-ports.ts'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import { endpointSecretContext } from '../../domain/outgoing/secret-contexts.ts'
import type { FieldError, Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { auditOf } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'
import { findPartner, livePartner } from './live-partner.ts'
import { noteChange, type By } from './note-change.ts'

type EndpointDeps = Pick<
  Deps,
  'partners' | 'partnerEndpoints' | 'pushes' | 'secretBox' | 'random' | 'now' | 'log'
>

const MAX_ENDPOINTS = 10
/** What Standard Webhooks asks for: 24 to 64 bytes. */
const SECRET_BYTES = 32

/** An endpoint, and its secret, which is told this once. */
export interface NewEndpoint {
  endpoint: PartnerEndpoint
  secret: string
}

/** Pushes to the address from now on what the partner may see. */
export async function addEndpoint(
  deps: EndpointDeps,
  partnerId: string,
  url: string,
  by: By,
): Promise<Result<NewEndpoint, Refusal>> {
  const allowed = await allowedUrl(deps, partnerId, url)
  if (!allowed.ok) return allowed
  if ((await deps.partnerEndpoints.of(partnerId)).length >= MAX_ENDPOINTS)
    return invalid({ field: 'url', reason: 'too_many_endpoints' })
  const id = mintAccountId(deps.random)
  const { secret, sealed } = await newSecret(deps, id)
  const endpoint: PartnerEndpoint = {
    ...{ id, partnerId, url, secret: sealed, previousSecret: null, previousUntil: null },
    ...{ createdAt: deps.now(), disabledAt: null, disabledReason: null },
  }
  await deps.partnerEndpoints.insert(endpoint, told(deps, by, 'added', endpoint))
  noteChange(deps, 'partner-endpoint-added', { partnerId, endpointId: id }, by)
  return ok({ endpoint, secret })
}

/** The partner's endpoints, disabled ones too. */
export async function listEndpoints(
  deps: EndpointDeps,
  partnerId: string,
): Promise<Result<readonly PartnerEndpoint[], Refusal>> {
  const found = await findPartner(deps, partnerId)
  return found.ok ? ok(await deps.partnerEndpoints.of(partnerId)) : found
}

/** Another address for what is pushed from now on; the secret stays. */
export async function moveEndpoint(
  deps: EndpointDeps,
  partnerId: string,
  id: string,
  url: string,
  by: By,
): Promise<Result<PartnerEndpoint, Refusal>> {
  const allowed = await allowedUrl(deps, partnerId, url)
  if (!allowed.ok) return allowed
  const endpoint = { partnerId, id }
  return changed(
    deps,
    'partner-endpoint-moved',
    await deps.partnerEndpoints.changeUrl(partnerId, id, url, told(deps, by, 'moved', endpoint)),
    by,
  )
}

/** A new secret; the present one signs besides it for the overlap. */
export async function rotateEndpointSecret(
  deps: EndpointDeps,
  partnerId: string,
  id: string,
  overlapSeconds: number,
  by: By,
): Promise<Result<NewEndpoint, Refusal>> {
  const live = await livePartner(deps, partnerId)
  if (!live.ok) return live
  const { secret, sealed } = await newSecret(deps, id)
  const rotated = await deps.partnerEndpoints.replaceSecret(
    { partnerId, id, secret: sealed },
    deps.now() + overlapSeconds * 1000,
    told(deps, by, 'rotated', { partnerId, id }),
  )
  const noted = changed(deps, 'partner-endpoint-rotated', rotated, by)
  return noted.ok ? ok({ endpoint: noted.value, secret }) : noted
}

/** Pushes there again; what was not sent meanwhile can be sent again from the outbox. */
export async function enableEndpoint(
  deps: EndpointDeps,
  partnerId: string,
  id: string,
  by: By,
): Promise<Result<PartnerEndpoint, Refusal>> {
  const live = await livePartner(deps, partnerId)
  if (!live.ok) return live
  const enabled = await deps.partnerEndpoints.enable(
    partnerId,
    id,
    told(deps, by, 'enabled', { partnerId, id }),
  )
  return changed(deps, 'partner-endpoint-enabled', enabled, by)
}

/** Nothing is pushed there any more, and its secrets are gone. */
export async function removeEndpoint(
  deps: EndpointDeps,
  partnerId: string,
  id: string,
  by: By,
): Promise<Result<null, Refusal>> {
  const audit = told(deps, by, 'removed', { partnerId, id })
  if (!(await deps.partnerEndpoints.remove(partnerId, id, deps.now(), audit)))
    return refuse(UNKNOWN)
  noteChange(deps, 'partner-endpoint-removed', { partnerId, endpointId: id }, by)
  return ok(null)
}

/** An address may carry a key in its path: it is not told. */
const told = (
  deps: Pick<Deps, 'now' | 'random'>,
  by: By,
  what: 'added' | 'moved' | 'rotated' | 'enabled' | 'removed',
  { partnerId, id }: Pick<PartnerEndpoint, 'partnerId' | 'id'>,
) =>
  auditOf(deps, by, {
    action: `partner-endpoint-${what}`,
    subject: 'partner-endpoint',
    subjectId: id,
    changes: { partner: { from: what === 'added' ? null : partnerId, to: partnerId } },
  })

const UNKNOWN: Refusal = { kind: 'NOT_FOUND', what: 'endpoint' }

const invalid = (error: FieldError): Result<never, Refusal> =>
  refuse({ kind: 'INVALID', errors: [error] })

async function allowedUrl(
  deps: EndpointDeps,
  partnerId: string,
  url: string,
): Promise<Result<null, Refusal>> {
  const live = await livePartner(deps, partnerId)
  if (!live.ok) return live
  const reason = deps.pushes.problemOf(url)
  return reason === null ? ok(null) : invalid({ field: 'url', reason })
}

function changed(
  deps: EndpointDeps,
  kind: string,
  endpoint: PartnerEndpoint | null,
  by: By,
): Result<PartnerEndpoint, Refusal> {
  if (endpoint === null) return refuse(UNKNOWN)
  noteChange(deps, kind, { partnerId: endpoint.partnerId, endpointId: endpoint.id }, by)
  return ok(endpoint)
}

async function newSecret(deps: EndpointDeps, endpointId: string) {
  const secret = `whsec_${btoa(String.fromCharCode(...deps.random(SECRET_BYTES)))}`
  const sealed = await deps.secretBox.seal(secret, endpointSecretContext(endpointId))
  return { secret, sealed }
}
