import type { OrderCard } from '../domain/outgoing/cards.ts'
import type { Tried } from '../domain/outgoing/verdict.ts'
import type { NotifyOutcome } from '../domain/restaurant/notice.ts'

export interface Notice {
  /** The same for every try. */
  id: string
  title: string
  /** Plain text, also by restaurants and guests: the adapter takes away what its service would obey. */
  lines: readonly string[]
}

/** One way to tell an owner something. */
export interface Notifier {
  /** Whether the address belongs to the service. Nothing is ever sent to one that does not. */
  accepts(address: string): boolean
  /** Never throws for what the other side does. */
  send(address: string, notice: Notice): Promise<NotifyOutcome>
  /** Likewise. */
  sendCard(address: string, card: OrderCard): Promise<Tried>
}
