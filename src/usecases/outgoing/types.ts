import type { ClaimedDelivery } from '../../db/repositories/delivery-ports.ts'
import type { Tried } from '../../domain/outgoing/verdict.ts'
import type { Deps } from '../deps.ts'

export type DeliverDeps = Pick<
  Deps,
  | 'settings'
  | 'now'
  | 'random'
  | 'log'
  | 'metrics'
  | 'deliveries'
  | 'pushes'
  | 'dataPlatform'
  | 'notifiers'
  | 'restaurants'
  | 'secretBox'
  | 'send'
>

/** Tries one delivery. Never throws for what the other side does. */
export type Sender = (claimed: ClaimedDelivery) => Promise<Tried>

/** How a destination is sent to; or that it is closed, and what becomes of all that waits for it. */
export type Opened =
  { kind: 'open'; send: Sender } | { kind: 'closed'; state: 'DEAD' | 'SKIPPED'; reason: string }
