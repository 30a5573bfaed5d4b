import { bytesToHex } from '@noble/hashes/utils.js'
import type { ClaimedDelivery, DeliveryRun } from '../../db/repositories/delivery-ports.ts'
import { verdictOf, type Verdict } from '../../domain/outgoing/verdict.ts'
import type { LogLine } from '../../runtime.ts'
import { DISABLED_FOR, openDestination } from './open-destination.ts'
import type { DeliverDeps, Opened } from './types.ts'

/** Longer than everything that a claim may still start takes to end, time-outs included. */
const LEASE_MS = 60_000
/** Nothing of a claim is started later than this. */
const START_MS = 40_000
const CLAIMED_AT_ONCE = 20
/** Restaurants that are sent for side by side; each one's events go one after the other. */
const LANES = 4
/** After so many failures in a row the destination is down, not the delivery at fault. */
const FAILURES_IN_ROW = 3
const DOWN_PAUSE_MS = 60_000
/** Nothing but failures for so long: nobody is coming back. */
const PATIENCE_MS = 5 * 24 * 3600_000
/** Closed destinations are emptied in steps. */
const ENDED_AT_ONCE = 500

export interface Delivered {
  sent: number
  failed: number
}

/** What a run has seen so far. */
interface Seen extends Delivered {
  inRow: number
  pausedUntil: number
  gone: boolean
}

/**
 * Sends what one destination is owed and is due, oldest first, until nothing is left, the destination
 * has had enough or `budgetMs` is over; then the queue goes on. One run at a time has a destination.
 */
export async function deliverTo(
  deps: DeliverDeps,
  destinationId: string,
  budgetMs: number,
): Promise<Delivered> {
  const run: DeliveryRun = { id: runIdOf(deps.random), destinationId }
  const seen: Seen = { sent: 0, failed: 0, inRow: 0, pausedUntil: 0, gone: false }
  const endsAt = deps.now() + budgetMs
  let opened: Opened | null = null
  for (;;) {
    const now = deps.now()
    const claimed = await deps.deliveries.claim(run, now, now + LEASE_MS, CLAIMED_AT_ONCE)
    const [first] = claimed
    if (first === undefined) break
    opened ??= await openOrRelease(deps, run, first, claimed)
    if (opened.kind === 'closed') {
      const { state, reason } = opened
      const end = { state, reason }
      await deps.deliveries.endAll(destinationId, end, deps.now(), ENDED_AT_ONCE)
      break
    }
    await sendAll(deps, opened, claimed, seen, Math.min(now + START_MS, endsAt))
    if (isOver(seen) || deps.now() >= endsAt) break
  }
  await finish(deps, run, seen)
  if (!isOver(seen) && deps.now() >= endsAt)
    await deps.send({ v: 1, kind: 'deliver', destinationId })
  return { sent: seen.sent, failed: seen.failed }
}

const isOver = ({ inRow, pausedUntil, gone }: Seen): boolean =>
  gone || pausedUntil > 0 || inRow >= FAILURES_IN_ROW

/** What cannot be opened now (an object that does not answer) is no try of anybody. */
async function openOrRelease(
  deps: DeliverDeps,
  run: DeliveryRun,
  first: ClaimedDelivery,
  claimed: readonly ClaimedDelivery[],
): Promise<Opened> {
  try {
    return await openDestination(deps, first)
  } catch (error) {
    const now = deps.now()
    await deps.deliveries.release(claimed)
    const down = { taken: false, failed: false, pausedUntil: now + DOWN_PAUSE_MS }
    await deps.deliveries.leave(run, down, now)
    throw error
  }
}

/**
 * Restaurants side by side, each one's in its order; what is not started in time is given back. Until
 * the destination has taken something it gets one try at a time: who does not answer keeps one
 * connection busy, of the few that an invocation has.
 */
async function sendAll(
  deps: DeliverDeps,
  { send }: Extract<Opened, { kind: 'open' }>,
  claimed: readonly ClaimedDelivery[],
  seen: Seen,
  startUntil: number,
): Promise<void> {
  const waiting = byRestaurant(claimed)
  const untried: ClaimedDelivery[] = []
  const others: Promise<PromiseSettledResult<void>[]>[] = []
  const settled = () => Promise.allSettled([lane()])
  const lane = async (): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift())
      for (const delivery of group) {
        if (isOver(seen) || deps.now() > startUntil) untried.push(delivery)
        else await tryOne(deps, send, delivery, seen)
        if (seen.sent > 0) while (others.length < LANES - 1) others.push(settled())
      }
  }
  // None goes on behind a run that has failed.
  const ended = [...(await settled()), ...(await Promise.all(others)).flat()]
  const broken = ended.find((lane) => lane.status === 'rejected')
  if (broken !== undefined) throw broken.reason
  await deps.deliveries.release(untried)
}

function byRestaurant(claimed: readonly ClaimedDelivery[]): ClaimedDelivery[][] {
  const groups = new Map<string, ClaimedDelivery[]>()
  for (const delivery of claimed) {
    const group = groups.get(delivery.restaurantId)
    if (group === undefined) groups.set(delivery.restaurantId, [delivery])
    else group.push(delivery)
  }
  return [...groups.values()]
}

/** `PENDING` after a try: it is tried again. */
const OUTCOMES = { DONE: 'sent', PENDING: 'failed', DEAD: 'dead', SKIPPED: 'skipped' } as const

async function tryOne(
  deps: DeliverDeps,
  send: Extract<Opened, { kind: 'open' }>['send'],
  delivery: ClaimedDelivery,
  seen: Seen,
): Promise<void> {
  const startedAt = deps.now()
  const tried = await send(delivery)
  const now = deps.now()
  const verdict = verdictOf(delivery, tried, now, deps.random)
  await deps.deliveries.settle(delivery, verdict, now)
  seen.pausedUntil = Math.max(seen.pausedUntil, verdict.pausedUntil)
  seen.gone ||= verdict.gone
  deps.metrics.count('deliveries_total', {
    destination: delivery.destinationKind,
    outcome: OUTCOMES[verdict.state],
  })
  deps.log(lineOf(delivery, verdict, now - startedAt))
  if (verdict.state === 'DONE') {
    seen.sent += 1
    seen.inRow = 0
    return
  }
  seen.failed += 1
  seen.inRow += 1
}

function lineOf(delivery: ClaimedDelivery, verdict: Verdict, durationMs: number): LogLine {
  const { id: deliveryId, destinationKind, destinationId, restaurantId, orderId } = delivery
  const { eventId, eventType, traceId } = delivery
  const { attempts, lastError: error } = verdict
  const to = { deliveryId, destinationKind, destinationId, attempts, durationMs }
  const about = {
    ...{ restaurantId, orderId, eventId, eventType },
    // Its own; where there is none, that of whoever sends.
    ...(traceId !== null && { traceId }),
  }
  if (verdict.state === 'DONE') return { level: 'info', kind: 'delivery-sent', ...to, ...about }
  return verdict.state === 'DEAD'
    ? { level: 'error', kind: 'delivery-dead', ...to, error, ...about }
    : { level: 'warn', kind: 'delivery-failed', ...to, error, ...about }
}

async function finish(deps: DeliverDeps, run: DeliveryRun, seen: Seen): Promise<void> {
  const now = deps.now()
  const isDown = seen.inRow >= FAILURES_IN_ROW
  const pausedUntil = Math.max(seen.pausedUntil, isDown ? now + DOWN_PAUSE_MS : 0)
  const answered = { taken: seen.sent > 0, failed: seen.failed > 0, pausedUntil }
  const failingSince = await deps.deliveries.leave(run, answered, now)
  const failing = seen.failed > 0 && failingSince !== null && failingSince <= now - PATIENCE_MS
  if (!seen.gone && !failing) return
  const reason = seen.gone ? DISABLED_FOR.gone : DISABLED_FOR.failing
  const { destinationId } = run
  // Sinks and the data platform are no endpoints: nothing of theirs is disabled.
  if (!(await deps.deliveries.disableEndpoint(destinationId, reason, now))) return
  await deps.deliveries.endAll(destinationId, { state: 'DEAD', reason }, now, ENDED_AT_ONCE)
  deps.log({ level: 'error', kind: 'endpoint-disabled', destinationId, reason })
}

const runIdOf = (random: DeliverDeps['random']): string => bytesToHex(random(12))
