import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { SYSTEM, type Asker } from '../../src/domain/actor.ts'
import type {
  Command,
  CommandEnvelope,
  CommandOutcome,
  Commands,
  CommandType,
  CommandValue,
  Committed,
} from '../../src/domain/commands.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { restaurantKeyOf } from '../../src/domain/ids.ts'
import type { Job } from '../../src/domain/jobs.ts'
import type {
  Queries,
  Query,
  QueryEnvelope,
  QueryOutcome,
  QueryType,
} from '../../src/domain/queries.ts'
import { defaultSettings, type RestaurantSettings } from '../../src/domain/restaurant/settings.ts'
import { createRestaurants } from '../../src/restaurant/client.ts'
import { setClock } from './clock.ts'
import { newRestaurantId } from './identity.ts'

export const OWNER: Asker = { role: 'OWNER', sessionId: 'owner-s', userId: 'owner', visit: null }
export const STAFF: Asker = { role: 'STAFF', sessionId: 'staff-s', userId: 'staff', visit: null }
export const guest = (sessionId: string, visit: Asker['visit'] = null): Asker => ({
  role: 'GUEST',
  sessionId,
  userId: null,
  visit,
})

/** 20 November 2026, noon in Seoul. */
const NOON = Date.UTC(2026, 10, 20, 3)

/** The object's face, without what RPC's types make of it. */
interface Door {
  execute(envelope: CommandEnvelope): Promise<Committed<CommandOutcome>>
  query(envelope: QueryEnvelope): Promise<QueryOutcome>
}
const doorOf = (key: string): Door => env.RESTAURANTS.getByName(key)

/** A restaurant of the test's own, on the real object, with a clock that the test moves. */
export async function openRestaurantObject(settings: Partial<RestaurantSettings> = {}) {
  const id = newRestaurantId()
  const key = restaurantKeyOf(id)
  const jobs: Job[] = []
  let now = NOON
  setClock(key, now)
  const stub = () => env.RESTAURANTS.getByName(key)

  const execute = async <T extends CommandType>(
    asker: Asker,
    command: { type: T } & Commands[T]['input'],
    idempotency: { key: string; fingerprint: string } | null = null,
  ): Promise<CommandOutcome<T>> => {
    const committed = await doorOf(key).execute({
      command: command as Command,
      asker,
      idempotency,
      traceId: null,
    })
    jobs.push(...committed.jobs)
    return committed.outcome
  }
  /** Executes what the test takes for granted; a refusal fails it. */
  const done = async <T extends CommandType>(
    asker: Asker,
    command: { type: T } & Commands[T]['input'],
  ): Promise<CommandValue<T>> => {
    const outcome = await execute(asker, command)
    if (!outcome.ok) throw new Error(`${command.type}: ${JSON.stringify(outcome.refusal)}`)
    return outcome.value
  }
  const query = async <T extends QueryType>(
    asker: Asker,
    wanted: { type: T } & Queries[T]['input'],
  ): Promise<QueryOutcome<T>> => await doorOf(key).query({ query: wanted as Query, asker })
  const read = async <T extends QueryType>(
    asker: Asker,
    wanted: { type: T } & Queries[T]['input'],
  ): Promise<Queries[T]['value']> => {
    const outcome = await query(asker, wanted)
    if (!outcome.ok) throw new Error(`${wanted.type}: ${JSON.stringify(outcome.refusal)}`)
    return outcome.value
  }

  await done(SYSTEM, {
    type: 'initialize',
    id,
    settings: defaultSettings({ name: '맛있는 치킨집', ...settings }),
  })

  return {
    id,
    key,
    /** Jobs that commands handed to the caller so far. */
    jobs,
    stub,
    execute,
    done,
    query,
    read,
    now: () => now,
    /** Moves the restaurant's clock. */
    passes(ms: number): void {
      now += ms
      setClock(key, now)
    },
    evict: () => evictDurableObject(stub()),
    ringAlarm: () => runDurableObjectAlarm(stub()),
    /** Events after a number, oldest first. */
    events: (seq = 0): Promise<readonly DomainEvent[]> =>
      read(OWNER, { type: 'events-after', seq, limit: 1_000 }),
    /** Rows straight from the object's database. */
    rows: (sql: string, ...values: (string | number)[]): Promise<Record<string, unknown>[]> =>
      runInDurableObject(stub(), (_, state) => state.storage.sql.exec(sql, ...values).toArray()),
  }
}

export type TestRestaurant = Awaited<ReturnType<typeof openRestaurantObject>>

/** A menu of one category with one item. */
export async function withItem(
  restaurant: Pick<TestRestaurant, 'done'>,
  item: Partial<Commands['create-item']['input']> = {},
) {
  const category = await restaurant.done(OWNER, {
    type: 'create-category',
    name: '치킨',
    position: null,
  })
  const created = await restaurant.done(OWNER, {
    type: 'create-item',
    categoryId: category.id,
    name: '후라이드 치킨',
    price: 18_000,
    description: null,
    options: [],
    ...item,
  })
  return { category, item: created }
}

/** An order's command: one line per item. */
export const orderOf = (
  lines: readonly { itemId: string; quantity: number }[],
  more: Partial<Commands['place-order']['input']> = {},
): { type: 'place-order' } & Commands['place-order']['input'] => ({
  type: 'place-order',
  table: null,
  lines: lines.map((line) => ({ ...line, options: [] })),
  paymentMethod: 'CARD',
  expectedTotal: null,
  specialRequests: null,
  ...more,
})

/** Restaurants behind the port that use cases and routes call; their jobs are left to the agenda. */
export const testRestaurants = createRestaurants(env.RESTAURANTS, () => undefined)
