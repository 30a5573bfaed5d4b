import { runInDurableObject } from 'cloudflare:test'
import { SYSTEM, type Asker } from '../../../src/domain/actor.ts'
import type { Commands, PlacedOrder } from '../../../src/domain/commands.ts'
import type { DomainEvent } from '../../../src/domain/events.ts'
import type { Job, Report } from '../../../src/domain/jobs.ts'
import type { OrderView } from '../../../src/domain/queries.ts'
import type { RestaurantSettings } from '../../../src/domain/restaurant/settings.ts'
import { someTerms } from '../coupons.ts'
import { stocked } from '../ordering.ts'
import { guest, openRestaurantObject, OWNER, STAFF, withItem } from '../restaurant.ts'
import { collectJobs } from '../sent-jobs.ts'
import { dice } from './dice.ts'
import { Provider } from './provider.ts'

export interface AgendaRow {
  kind: string
  subject: string
  due: number
  attempt: number
  dead: number
}

/** The object's rows after everything due was decided. */
export interface Snapshot {
  orders: readonly OrderView[]
  stock: readonly { item_id: string; level: number; reserved: number }[]
  agenda: readonly AgendaRow[]
  days: readonly { business_day: string; last_number: number }[]
  items: readonly { id: string; sold_out: number }[]
  events: readonly DomainEvent[]
  lastSeq: number
  watermark: number
  alarm: number | null
}

type Placing = { type: 'place-order' } & Commands['place-order']['input']

/** Something on its way to the object: it may arrive late, twice, in any order, or never. */
export interface InFlight {
  label: string
  deliver: () => Promise<unknown>
  /** Late at most: in the end it arrives. */
  sure?: true
}

const member = (userId: string, sessionId: string): Asker => ({
  role: 'CUSTOMER',
  sessionId,
  userId,
  visit: null,
})
const SETTINGS: readonly Partial<RestaurantSettings>[] = [
  { paymentPolicy: 'PREPAID', acceptDeadlineOutcome: 'AUTO_REJECT' },
  { paymentPolicy: 'PREPAID', acceptDeadlineOutcome: 'AUTO_ACCEPT' },
  { paymentPolicy: 'POSTPAID', acceptDeadlineOutcome: 'AUTO_REJECT', tableAccess: 'OPEN' },
]
/** Of every other restaurant: what stands beside the lines, and a coupon for everybody. */
const FEES = { packagingFeeAmount: 300, serviceFeeBasisPoints: 330, taxBasisPoints: 1_000 }
const COUPON = someTerms({
  ...{ code: 'SEVEN', value: 7, forGuests: true },
  ...{ totalQuantity: 1_000, perUserLimit: 1_000 },
})
const LEVEL = 6
const WAYS = {
  paymentMethods: ['CARD', 'COUNTER', 'POINTS', 'DEPOSIT'],
  depositAccount: { bank: '신한은행', accountNo: '110-123-456789', holder: '맛있는 치킨집' },
} as const

/** One restaurant on the real object, its provider and its projection, driven by one seed. */
export async function openWorld(seed: number) {
  const rolled = dice(seed)
  const settings = rolled.pick(SETTINGS)
  const charging = seed % 2 === 0
  const fees = charging ? FEES : {}
  const restaurant = await openRestaurantObject({ ...WAYS, ...settings, ...fees })
  const jobs: Job[] = []
  collectJobs(restaurant.key, (message) => {
    if (message.kind === 'job') jobs.push(message.job)
  })
  const { item: chicken } = await withItem(restaurant, { price: 18_000 })
  const { item: cola } = await withItem(restaurant, { name: '콜라', price: 2_000 })
  const { item: rice } = await withItem(restaurant, { name: '공기밥', price: 1_000 })
  for (const { id } of [chicken, cola]) await restaurant.done(OWNER, stocked(id, LEVEL))
  if (charging) {
    await restaurant.done(OWNER, { type: 'create-table', name: 'A1' })
    await restaurant.done(OWNER, { type: 'create-coupon', terms: COUPON })
  }

  const world = {
    restaurant,
    dice: rolled,
    provider: new Provider(rolled),
    prepaid: settings.paymentPolicy === 'PREPAID',
    /** With fees, a coupon and a table. */
    charging,
    items: [chicken.id, cola.id, rice.id],
    guests: [
      guest('minsu'),
      guest('jiyoung'),
      member('account', 'phone'),
      member('account', 'pad'),
    ],
    tablets: [1, 2].map((n): Asker => ({
      ...STAFF,
      sessionId: `tablet-${n}`,
      userId: `cook-${n}`,
    })),
    inFlight: [] as InFlight[],
    /** What was placed: key, body and the answer that the guest received. */
    placings: [] as { asker: Asker; command: Placing; key: string; answer: PlacedOrder }[],
    accepts: [] as { asker: Asker; command: object; key: string; answer: unknown; at: number }[],
    /** Portions that were ever brought in, by item. */
    supplied: new Map([
      [chicken.id, LEVEL],
      [cola.id, LEVEL],
    ]),
    /** Numbers of the events that the projection has written. */
    projected: new Set<number>(),
    /** Money that staff gave back on their own account, by order. */
    givenBack: new Map<string, number>(),
    /** What the object looked like after the step before. */
    before: null as Snapshot | null,
    log: [] as string[],
    jobsWaiting(): Job[] {
      jobs.push(...restaurant.jobs.splice(0))
      return jobs
    },
    report: async (told: Report): Promise<void> => {
      const committed = await restaurant.stub().report(told)
      jobs.push(...(committed.jobs as Job[]))
    },
    snapshot: (): Promise<Snapshot> => snapshot(world),
  }
  world.before = await snapshot(world)
  return world
}

export type World = Awaited<ReturnType<typeof openWorld>>

function snapshot({ restaurant, before }: Pick<World, 'restaurant' | 'before'>): Promise<Snapshot> {
  return runInDurableObject(restaurant.stub(), async (object, { storage }) => {
    const page = object.query<'rebuild-page'>({
      query: { type: 'rebuild-page', afterId: null, limit: 1_000 },
      asker: SYSTEM,
    })
    const events = object.query<'events-after'>({
      query: { type: 'events-after', seq: before?.lastSeq ?? 0, limit: 1_000 },
      asker: SYSTEM,
    })
    if (!page.ok || !events.ok || page.value.page.section !== 'orders')
      throw new Error('the object does not answer')
    const all = <R>(sql: string): R[] => storage.sql.exec(sql).toArray() as R[]
    return {
      orders: page.value.page.orders,
      stock: all('SELECT * FROM stock'),
      agenda: all('SELECT kind, subject, due, attempt, dead FROM agenda'),
      days: all('SELECT * FROM day_counters'),
      items: all('SELECT id, sold_out FROM items'),
      events: events.value,
      lastSeq: page.value.asOfSeq,
      watermark: all<{ watermark: number }>('SELECT watermark FROM restaurant')[0]!.watermark,
      alarm: await storage.getAlarm(),
    }
  })
}
