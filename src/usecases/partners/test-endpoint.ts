import { mintAccountId } from '../../domain/identity/account-id.ts'
import { endpointSecretContext } from '../../domain/outgoing/secret-contexts.ts'
import type { Tried } from '../../domain/outgoing/verdict.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { traceparentOf } from '../../domain/trace.ts'
import type { Deps } from '../deps.ts'
import { livePartner } from './live-partner.ts'

export interface EndpointTest {
  eventId: string
  tried: Tried
  tookMs: number
}

/** Sends a signed event of the type TEST now, once, and tells what came back. Nothing is owed of it. */
export async function testEndpoint(
  deps: Pick<
    Deps,
    'partners' | 'partnerEndpoints' | 'pushes' | 'secretBox' | 'random' | 'now' | 'about'
  >,
  partnerId: string,
  id: string,
): Promise<Result<EndpointTest, Refusal>> {
  const live = await livePartner(deps, partnerId)
  if (!live.ok) return live
  const endpoint = await deps.partnerEndpoints.byId(partnerId, id)
  if (endpoint === null) return refuse({ kind: 'NOT_FOUND', what: 'endpoint' })
  const startedAt = deps.now()
  const { url, secret, previousSecret, previousUntil } = endpoint
  const overlaps = previousSecret !== null && (previousUntil ?? 0) > startedAt
  const sealed = [secret, ...(overlaps ? [previousSecret] : [])]
  const opened = await Promise.all(
    sealed.map((text) => deps.secretBox.open(text, endpointSecretContext(id))),
  )
  const secrets = opened.filter((plain) => plain !== null)
  const eventId = mintAccountId(deps.random)
  const body = JSON.stringify({
    ...{ id: eventId, type: 'TEST', restaurant_id: null, seq: null },
    occurred_at: new Date(startedAt).toISOString(),
    data: {},
  })
  const { traceId } = deps.about
  const traceparent = traceId === null ? null : traceparentOf(traceId, deps.random)
  const tried: Tried =
    opened[0] === null
      ? { kind: 'impossible', reason: 'SECRET_CANNOT_BE_OPENED' }
      : await deps.pushes.send({ id: eventId, url, secrets, body, traceparent })
  return ok({ eventId, tried, tookMs: deps.now() - startedAt })
}
