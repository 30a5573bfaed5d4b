import type { Delivery } from '../../domain/outgoing/delivery.ts'
import type { KeptEvent } from '../../domain/outgoing/push-body.ts'
import type { Verdict } from '../../domain/outgoing/verdict.ts'

/** A delivery in the hands of one run; `event` null: it was swept. */
export interface ClaimedDelivery extends Delivery {
  leaseUntil: number
  event: KeptEvent | null
}

/** One run of sending to a destination. */
export interface DeliveryRun {
  /** Its own. */
  id: string
  destinationId: string
}

/** Where a push goes, and what it is signed with. Secrets are sealed. */
export interface PushTarget {
  id: string
  url: string
  secret: string
  previousSecret: string | null
  previousUntil: number | null
  /** Why nothing is sent there; null = it is. */
  closed: string | null
}

/** What destinations are owed. Times in ms. */
export interface DeliveryRepository {
  /**
   * Takes what is due at a destination, each restaurant's in its order, and counts a try of each. None while another run
   * has the destination or it is paused; none left ends the run.
   */
  claim(
    run: DeliveryRun,
    now: number,
    leaseUntil: number,
    limit: number,
  ): Promise<readonly ClaimedDelivery[]>
  /** False when the lease was over and another run has it, or had it: nothing changes then. */
  settle(claimed: ClaimedDelivery, verdict: Verdict, now: number): Promise<boolean>
  /** Gives back what was claimed and not tried: due as before, the try does not count. */
  release(claimed: readonly ClaimedDelivery[]): Promise<void>
  /** Ends the run and notes how the destination answered; since when it has been failing. */
  leave(
    run: DeliveryRun,
    seen: { taken: boolean; failed: boolean; pausedUntil: number },
    now: number,
  ): Promise<number | null>
  /** Of the destinations those that did nothing but fail when they were last sent to. */
  failing(destinationIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Destinations that are owed something now, are not paused and not being sent to. */
  due(now: number, limit: number): Promise<readonly string[]>
  /** Ends what waits for a destination; how many, at most `limit`. */
  endAll(
    destinationId: string,
    end: { state: 'DEAD' | 'SKIPPED'; reason: string },
    now: number,
    limit: number,
  ): Promise<number>
  pushTarget(endpointId: string): Promise<PushTarget | null>
  /** Nothing is pushed there until people enable it again. False when it was disabled already. */
  disableEndpoint(endpointId: string, reason: string, now: number): Promise<boolean>
  /** Removes what came to an end before; returns how many. */
  sweep(before: { done: number; dead: number }, limit: number): Promise<number>
}
