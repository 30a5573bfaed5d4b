import { env } from 'cloudflare:workers'
import { createProjector } from '../../src/db/projector.ts'
import type { OutgoingSettings } from '../../src/db/delivery-rows.ts'
import { createDeliveries } from '../../src/db/repositories/deliveries.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import type { OrderState } from '../../src/domain/order/order.ts'
import type { Delivery } from '../../src/domain/outgoing/delivery.ts'
import { endpointSecretContext } from '../../src/domain/outgoing/secret-contexts.ts'
import { defaultSettings, type RestaurantSettings } from '../../src/domain/restaurant/settings.ts'
import type { SecretName } from '../../src/domain/restaurant/secrets.ts'
import { createDataPlatform } from '../../src/providers/data-platform/data-platform.ts'
import { createNotifiers } from '../../src/providers/notify/notifiers.ts'
import { createPushSender } from '../../src/providers/push/push-sender.ts'
import type { QueueMessage } from '../../src/queues/messages.ts'
import type { LogLine } from '../../src/runtime.ts'
import { watched } from './log-watch.ts'
import { silentMetrics } from './metrics.ts'
import { tracing } from './tracing.ts'
import { deliverTo } from '../../src/usecases/outgoing/deliver-to.ts'
import type { DeliverDeps } from '../../src/usecases/outgoing/types.ts'
import { secretContext } from '../../src/usecases/restaurants/seal-secrets.ts'
import { createAesSecretBox } from '../../src/providers/aes-secret-box.ts'
import { eventsOf, NOON, orderIdIn, orderState, restaurantState } from './events.ts'
import { random } from './identity.ts'

export const WHSEC = `whsec_${btoa('a secret of twenty-four!')}`
export const DISCORD = 'https://discord.com/api/webhooks/123456/abc_DEF-1'

/** A request as it arrived somewhere. */
export interface Arrived {
  url: string
  headers: Headers
  body: string
  at: number
}

type Answer = (arrived: Arrived) => Response | Promise<Response>

export interface Outside {
  cardsByDefault?: OutgoingSettings['cardsByDefault']
  dataPlatform?: boolean
  discordWebhookUrl?: string | null
  restaurant?: Partial<RestaurantSettings>
  secrets?: Partial<Record<SecretName, string>>
}

/** Deliveries over real D1; whoever is outside answers as the test says, and the clock is its own. */
export function deliveryWorld(outside: Outside = {}) {
  const world = {
    now: NOON + 60_000,
    arrived: [] as Arrived[],
    answer: (() => new Response(null, { status: 204 })) as Answer,
    sent: [] as QueueMessage[],
    logged: [] as LogLine[],
    asked: 0,
  }
  const now = () => world.now
  const fetch = async (request: Request): Promise<Response> => {
    const { url, headers } = request
    const arrived = { url, headers, body: await request.text(), at: world.now }
    world.arrived.push(arrived)
    return world.answer(arrived)
  }
  const secretBox = createAesSecretBox([{ id: 'tests', key: 'a'.repeat(43) }], random)
  const { cardsByDefault = [], dataPlatform = false } = outside
  const post = { fetch, now }
  const deps = {
    settings: {
      outgoing: {
        cardsByDefault,
        discordWebhookUrl: outside.discordWebhookUrl ?? null,
        publicUrl: null,
      },
    },
    ...{ now, random, secretBox, ...tracing },
    log: watched((line) => world.logged.push(line)),
    metrics: silentMetrics,
    send: (message: QueueMessage) => {
      world.sent.push(message)
      return Promise.resolve()
    },
    deliveries: createDeliveries(env.DB),
    pushes: createPushSender(post),
    dataPlatform: dataPlatform
      ? createDataPlatform({ ...post, url: 'https://platform.test/lines', key: 'platform-key' })
      : null,
    notifiers: createNotifiers({ ...post, mail: null }),
    restaurants: (restaurantId: string) => ({
      query: async ({ query }: { query: { type: string; name?: SecretName } }) => {
        world.asked += 1
        if (query.type === 'restaurant')
          return {
            ok: true,
            value: defaultSettings({ name: '맛있는 치킨집', ...outside.restaurant }),
          }
        const name = query.name!
        const plain = outside.secrets?.[name]
        const context = secretContext(restaurantId, name)
        return {
          ok: true,
          value: plain === undefined ? null : await secretBox.seal(plain, context),
        }
      },
    }),
  } as unknown as DeliverDeps
  const projector = createProjector(env.DB, { cardsByDefault, dataPlatform })
  return {
    world,
    deps,
    /** What the projector writes of events; gives the destinations that are owed something. */
    owe: (...events: DomainEvent[]) => projector.project(events, world.now),
    deliver: (destinationId: string, budgetMs = 40_000) => deliverTo(deps, destinationId, budgetMs),
    /** A partner's endpoint that is pushed what its subscription covers. */
    endpoint: (
      subscription: { restaurantId?: string | null; types?: readonly string[] | null } = {},
      more: { url?: string; previous?: { secret: string; until: number } } = {},
    ) => newEndpoint(secretBox, world.now, subscription, more),
  }
}

async function newEndpoint(
  secretBox: DeliverDeps['secretBox'],
  now: number,
  {
    restaurantId = null,
    types = null,
  }: { restaurantId?: string | null; types?: readonly string[] | null },
  {
    url = 'https://partner.test/hook',
    previous,
  }: { url?: string; previous?: { secret: string; until: number } },
) {
  const [partnerId, id] = [crypto.randomUUID(), crypto.randomUUID()]
  const seal = (secret: string) => secretBox.seal(secret, endpointSecretContext(id))
  await env.DB.batch([
    env.DB.prepare(
      'INSERT INTO partners (id, name, client_id, secret_digest, created_at) VALUES (?1, ?2, ?1, ?2, ?3)',
    ).bind(partnerId, 'partner', now),
    env.DB.prepare(
      'INSERT INTO partner_subscriptions (id, partner_id, restaurant_id, types, created_at) VALUES (?, ?, ?, ?, ?)',
    ).bind(crypto.randomUUID(), partnerId, restaurantId, types && JSON.stringify(types), now),
    env.DB.prepare(
      `INSERT INTO partner_endpoints (id, partner_id, url, secret, previous_secret, previous_until, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).bind(
      ...[id, partnerId, url, await seal(WHSEC)],
      ...[previous ? await seal(previous.secret) : null, previous?.until ?? null, now],
    ),
  ])
  return { id, partnerId }
}

/** What a destination was ever owed, oldest first. */
export async function owedTo(destinationId: string): Promise<Delivery[]> {
  const { results } = await env.DB.prepare(
    `SELECT id, destination_kind AS destinationKind, dedupe_key AS dedupeKey, event_id AS eventId,
      event_type AS eventType, order_id AS orderId, state, attempts, next_at AS nextAt,
      lease_until AS leaseUntil, last_status AS lastStatus, last_error AS lastError,
      created_at AS createdAt, settled_at AS settledAt
      FROM deliveries WHERE destination_id = ? ORDER BY id`,
  )
    .bind(destinationId)
    .all<Delivery>()
  return results
}

/** Events of one order of a restaurant, numbered as they are asked for. */
export function orderEvents(changes: Partial<OrderState> = {}) {
  const made = eventsOf()
  const { restaurantId } = made
  const id = orderIdIn(restaurantId)
  let seq = 0
  return {
    restaurantId,
    orderId: id,
    event: (type: DomainEvent['type'], more: Partial<OrderState> = {}): DomainEvent => {
      seq += 1
      return { ...made.order(seq, orderState({ id, ...changes, ...more })), type }
    },
    settings: (changes: Partial<RestaurantSettings>): DomainEvent => {
      seq += 1
      return made.restaurant(seq, restaurantState(restaurantId, changes))
    },
  }
}
