import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { createFeedMending } from '../../src/db/repositories/feed-mending.ts'
import { LEASE_MS, MAX_HANDINGS, NOTICE_HANDINGS } from '../../src/domain/outgoing/lease.ts'
import { feedPartner, feedRestaurant, type Batch } from './feed.ts'
import { NOON } from './events.ts'

/** Numbers of each epoch; the second begins somewhere in the first. */
export const LENGTH = 5
const MOST_HANDINGS = MAX_HANDINGS + NOTICE_HANDINGS

interface Place {
  epoch: number
  seq: number
}
const before = (a: Place, b: Place): boolean =>
  a.epoch - b.epoch < 0 || (a.epoch === b.epoch && a.seq < b.seq)
const named = ({ epoch, seq }: Place): string => `${epoch}.${seq}`

/** A restaurant, what of it has arrived, and from which number on its first epoch was undone. */
function kitchen() {
  const restaurant = feedRestaurant()
  const arrived = new Set<string>()
  let begun: number | null = null
  let mended = false
  const isUndone = ({ epoch, seq }: Place) => epoch === 1 && begun !== null && seq > begun
  const lastOf = (epoch: number) => (epoch === 2 ? (begun ?? 0) + LENGTH : (begun ?? LENGTH))
  return {
    ...restaurant,
    begun: () => begun,
    isUndone,
    isGone: (place: Place) => mended && isUndone(place),
    has: (place: Place) => arrived.has(named(place)),
    /** Everything that is to be had in the end, in order. */
    whole(): Place[] {
      const upTo = (epoch: number, from: number) =>
        Array.from({ length: lastOf(epoch) - from + 1 }, (_, n) => ({ epoch, seq: from + n }))
      return [...upTo(1, 1), ...(begun === null ? [] : upTo(2, begun + 1))]
    },
    async arrive(place: Place) {
      if (isUndone(place) || (place.epoch === 2 && (begun === null || place.seq <= begun))) return
      if (place.seq > lastOf(place.epoch)) return
      const isFirst = place.epoch === 2 && place.seq === (begun ?? 0) + 1
      arrived.add(named(place))
      await restaurant.project(
        isFirst
          ? restaurant.beginning(2, place.seq, begun ?? 0)
          : restaurant.event(place.seq, place.epoch),
      )
    },
    /** It is restored to after so many: the rest never was, though it may have arrived. */
    async restore(to: number) {
      if (begun !== null) return
      begun = to
      await this.arrive({ epoch: 2, seq: to + 1 })
    },
    /** The feed is made what the restaurant says: what is missing comes, what was undone goes. */
    async mend() {
      if (begun === null) return
      for (let seq = 1; seq <= begun; seq += 1) await this.arrive({ epoch: 1, seq })
      const ended = { epoch: 2, epochStart: begun }
      await createFeedMending(env.DB).endEarlier(restaurant.id, ended, NOON)
      mended = true
    },
  }
}
export type Kitchen = ReturnType<typeof kitchen>

/** What one partner was handed of an event, as it should be. */
interface Known {
  id: string
  attempts: number
  settled: boolean
  dead: boolean
  redriven: boolean
  notBefore: number
  lease: string | null
}

/** A partner's workers beside a reckoning of what they may be handed. */
export function modelledPartner(kitchens: readonly Kitchen[]) {
  const partner = feedPartner()
  const known = new Map<string, Known>()
  const leases = new Map<string, { lease: string; until: number }>()
  const hands = new Map<number, Batch>()
  const keyOf = (restaurantId: string, place: Place) => `${restaurantId} ${named(place)}`
  const knownOf = (restaurantId: string, place: Place): Known => {
    const key = keyOf(restaurantId, place)
    const fresh = { attempts: 0, settled: false, dead: false, redriven: false, notBefore: 0 }
    if (!known.has(key)) known.set(key, { ...fresh, id: '', lease: null })
    return known.get(key)!
  }
  const kitchenOf = (id: string) => kitchens.find((one) => one.id === id)!
  /** Nobody waits for it: acknowledged, or its notice went unheard. */
  const isOver = (restaurantId: string, place: Place) => {
    const { settled, attempts } = knownOf(restaurantId, place)
    return settled || attempts >= MOST_HANDINGS
  }

  function check(batch: Batch, max: number): void {
    const { now } = partner.clock
    expect(batch.events.length).toBeLessThanOrEqual(max)
    for (const one of kitchens) {
      const events = batch.events.filter(({ restaurantId }) => restaurantId === one.id)
      if (events.length === 0) continue
      const lease = leases.get(one.id)
      const open = [...known].some(
        ([key, { lease: by, settled, notBefore }]) =>
          key.startsWith(one.id) && by === lease?.lease && !settled && notBefore === 0,
      )
      // Never two workers in one restaurant.
      expect(lease === undefined || lease.until <= now || !open).toBe(true)
      const inTurn = events.filter((event) => !knownOf(one.id, event).redriven)
      for (const [at, event] of inTurn.entries())
        if (at > 0) expect(before(inTurn[at - 1]!, event)).toBe(true)
      for (const event of inTurn)
        for (const earlier of one.whole().filter((place) => before(place, event))) {
          expect(one.has(earlier)).toBe(true)
          const isHere = events.some(({ epoch, seq }) => named(earlier) === named({ epoch, seq }))
          expect(isHere || isOver(one.id, earlier) || knownOf(one.id, earlier).redriven).toBe(true)
        }
      leases.set(one.id, { lease: batch.leaseId, until: now + LEASE_MS })
    }
    for (const event of batch.events) {
      const it = knownOf(event.restaurantId, event)
      expect(kitchenOf(event.restaurantId).isGone(event)).toBe(false)
      expect([it.settled, it.notBefore <= now]).toEqual([false, true])
      it.attempts += 1
      Object.assign(it, {
        id: event.id,
        notBefore: 0,
        lease: batch.leaseId,
        dead: it.attempts > MAX_HANDINGS,
      })
      expect([event.attempt, event.dead]).toEqual([it.attempts, it.dead])
      expect(it.attempts).toBeLessThanOrEqual(MOST_HANDINGS)
    }
  }

  async function pull(worker: number, max = 100): Promise<Batch> {
    const batch = await partner.pull({ max })
    check(batch, max)
    hands.set(worker, batch)
    return batch
  }

  /** Acknowledges or gives back what the worker has, or the first of it; checks the verdict. */
  async function settle(
    how: 'ack' | 'giveBack',
    worker: number,
    keep = 100,
    delayMs = 0,
  ): Promise<void> {
    const { now } = partner.clock
    const batch = hands.get(worker)
    const chosen = batch?.events.slice(0, keep) ?? []
    if (batch === undefined || chosen.length === 0) return
    const verdict =
      how === 'ack'
        ? await partner.ack(
            batch,
            [],
            chosen.map(({ id }) => id),
          )
        : await partner.giveBack(
            { ...batch, events: chosen, seqs: chosen.map(({ seq }) => seq) },
            undefined,
            delayMs,
          )
    const isGone = chosen.some((event) => kitchenOf(event.restaurantId).isGone(event))
    const states = chosen.map((event) => knownOf(event.restaurantId, event))
    const isOurs = states.every(({ lease }) => lease === batch.leaseId)
    const until = Number.parseInt(batch.leaseId.replace('-', '').slice(0, 12), 16) + LEASE_MS
    if (!isGone) expect(verdict.kind).toBe(isOurs && until > now ? 'HELD' : 'EXPIRED')
    if (verdict.kind !== 'HELD') return
    for (const it of states) {
      if (it.settled) continue
      if (how === 'ack') it.settled = true
      else if (it.notBefore === 0) it.notBefore = now + delayMs
    }
  }

  /** Whoever asked had gone away. */
  async function hangUp(max: number): Promise<void> {
    const batch = await partner.pull({ max })
    check(batch, max)
    await partner.feed.takeBack(partner.id, batch.leaseId, partner.clock.now)
    for (const event of batch.events) {
      const it = knownOf(event.restaurantId, event)
      it.attempts -= 1
      it.notBefore = partner.clock.now
    }
  }

  /** Nobody acknowledges what is handed out, so many times. */
  async function wearOut(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      await pull(0)
      partner.clock.now += LEASE_MS
    }
  }

  async function redrive(nth: number): Promise<void> {
    const dead = [...known].filter(([, { dead }]) => dead)
    const [key, it] = dead[nth % Math.max(1, dead.length)] ?? []
    if (key === undefined || it === undefined) return
    const [restaurantId = '', at = ''] = key.split(' ')
    const [epoch = 0, seq = 0] = at.split('.').map(Number)
    if (kitchenOf(restaurantId).isGone({ epoch, seq })) return
    expect(await partner.redrive(it.id)).toBe(true)
    Object.assign(it, { attempts: 0, settled: false, dead: false, redriven: true, lease: null })
    it.notBefore = partner.clock.now
  }

  async function closeGivenUp(): Promise<void> {
    await partner.feed.closeGivenUp(partner.clock.now)
    for (const it of known.values())
      if (it.attempts >= MOST_HANDINGS) it.settled ||= it.lease === null
  }

  /** One worker takes what is left. */
  async function finish(): Promise<void> {
    partner.clock.now += 2 * LEASE_MS
    for (let turn = 0; turn < 60; turn += 1) {
      const { events } = await pull(0)
      if (events.length === 0) break
      await settle('ack', 0)
    }
    for (const one of kitchens)
      for (const place of one.whole())
        expect([named(place), isOver(one.id, place)]).toEqual([named(place), true])
  }

  return {
    partner,
    ...{ pull, settle, hangUp, wearOut, redrive, closeGivenUp, finish },
    pass: (ms: number) => {
      partner.clock.now += ms
    },
    subscribe: async () => {
      for (const { id } of kitchens) await partner.subscribe(id)
    },
  }
}

export const newKitchen = kitchen
