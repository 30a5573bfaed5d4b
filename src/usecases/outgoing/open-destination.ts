import type { ClaimedDelivery } from '../../db/repositories/delivery-ports.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { cardOf } from '../../domain/outgoing/cards.ts'
import { linesOf } from '../../domain/outgoing/lines.ts'
import type { OrderData } from '../../domain/outgoing/order-data.ts'
import { pushBody } from '../../domain/outgoing/push-body.ts'
import { endpointSecretContext } from '../../domain/outgoing/secret-contexts.ts'
import { traceparentOf } from '../../domain/trace.ts'
import { SECRET_OF_SINK, type Sink } from '../../domain/restaurant/secrets.ts'
import { secretContext } from '../restaurants/seal-secrets.ts'
import type { DeliverDeps, Opened } from './types.ts'

/** The one destination that is nobody's in particular (delivery-rows.ts). */
export const DATA_PLATFORM = 'platform'

const closed = (reason: string, state: 'DEAD' | 'SKIPPED' = 'SKIPPED'): Opened => ({
  kind: 'closed',
  ...{ state, reason },
})

/** Finds address and secrets of what was claimed for one destination. */
export function openDestination(
  deps: DeliverDeps,
  { destinationKind, destinationId, restaurantId }: ClaimedDelivery,
): Promise<Opened> {
  switch (destinationKind) {
    case 'PUSH':
      return openEndpoint(deps, destinationId)
    case 'DATA_PLATFORM':
      return Promise.resolve(openPlatform(deps))
    case 'DISCORD':
      return openSink(deps, restaurantId, 'discord')
    case 'SLACK':
      return openSink(deps, restaurantId, 'slack')
    case 'EMAIL':
      return openSink(deps, restaurantId, 'email')
  }
}

async function openEndpoint(deps: DeliverDeps, endpointId: string): Promise<Opened> {
  const target = await deps.deliveries.pushTarget(endpointId)
  if (target === null) return closed('ENDPOINT_REMOVED')
  if (target.closed !== null)
    return closed(target.closed, isFaulty(target.closed) ? 'DEAD' : 'SKIPPED')
  const { id, url, secret, previousSecret, previousUntil } = target
  const overlaps = previousSecret !== null && (previousUntil ?? 0) > deps.now()
  const opened = await Promise.all(
    [secret, ...(overlaps ? [previousSecret] : [])].map((sealed) =>
      deps.secretBox.open(sealed, endpointSecretContext(id)),
    ),
  )
  const secrets = opened.filter((plain) => plain !== null)
  if (opened[0] === null) return closed('SECRET_CANNOT_BE_OPENED', 'DEAD')
  return {
    kind: 'open',
    send: ({ event, traceId }) => {
      if (event === null) return Promise.resolve(GONE)
      const traceparent = parentOf(deps, traceId)
      return deps.pushes.send({ id: event.id, url, secrets, body: pushBody(event), traceparent })
    },
  }
}

/** Disabled for how it answered, not by people: what waits for it was owed, and can be sent again. */
export const DISABLED_FOR = { gone: 'GONE', failing: 'FAILING' } as const
const isFaulty = (reason: string): boolean =>
  (Object.values(DISABLED_FOR) as string[]).includes(reason)

/** Those who work on what they are sent may go on with the trace; chats and mailboxes cannot. */
const parentOf = ({ random }: DeliverDeps, traceId: string | null): string | null =>
  traceId === null ? null : traceparentOf(traceId, random)

/** The sweep of events was here first. */
const GONE = { kind: 'impossible', reason: 'EVENT_SWEPT' } as const

function openPlatform(deps: DeliverDeps): Opened {
  const { dataPlatform } = deps
  if (dataPlatform === null) return closed('NOT_CONFIGURED')
  return {
    kind: 'open',
    send: ({ id, event, restaurantId, traceId }) => {
      if (event === null) return Promise.resolve(GONE)
      const lines = linesOf(JSON.parse(event.data) as OrderData, restaurantId)
      return dataPlatform.send(id, lines, parentOf(deps, traceId))
    },
  }
}

async function openSink(deps: DeliverDeps, restaurantId: string, sink: Sink): Promise<Opened> {
  const object = deps.restaurants(restaurantId)
  const found = await object.query<'restaurant'>({ query: { type: 'restaurant' }, asker: SYSTEM })
  if (!found.ok) return closed('RESTAURANT_UNKNOWN')
  const restaurant = found.value
  const { cardsByDefault } = deps.settings.outgoing
  if (!(restaurant.orderCards ?? cardsByDefault).includes(sink)) return closed('NOT_WANTED')
  const address = await addressOf(deps, restaurantId, sink)
  if (address === null) return closed('NOT_CONFIGURED')
  return {
    kind: 'open',
    send: ({ id, event }) =>
      event === null
        ? Promise.resolve(GONE)
        : deps.notifiers[sink].sendCard(
            address,
            cardOf(id, JSON.parse(event.data) as OrderData, restaurant),
          ),
  }
}

/** The restaurant's own, which its object keeps sealed; for Discord else the deployment's. */
async function addressOf(
  { restaurants, secretBox, settings }: DeliverDeps,
  restaurantId: string,
  sink: Sink,
): Promise<string | null> {
  const name = SECRET_OF_SINK[sink]
  const kept = await restaurants(restaurantId).query<'sealed-secret'>({
    query: { type: 'sealed-secret', name },
    asker: SYSTEM,
  })
  if (kept.ok && kept.value !== null)
    return secretBox.open(kept.value, secretContext(restaurantId, name))
  return sink === 'discord' ? settings.outgoing.discordWebhookUrl : null
}
