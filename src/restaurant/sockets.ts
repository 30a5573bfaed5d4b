import { isStaff, stableScope, type Asker } from '../domain/actor.ts'
import { publicSeq, type DomainEvent } from '../domain/events.ts'
import { concerns, eventMessage } from './socket-messages.ts'

/** A client that lags by more messages than this is closed; it comes back with its last number. */
const MAX_UNACKNOWLEDGED = 200
const MAX_PER_SESSION = 6
const MAX_PER_VISIT = 60
const MAX_PER_RESTAURANT = 5_000

/** Application close codes, documented for clients in docs/live.md. */
export const CLOSE = {
  ended: { code: 4001, reason: 'SESSION_ENDED' },
  expired: { code: 4002, reason: 'TOKEN_EXPIRED' },
  lagging: { code: 4008, reason: 'LAGGING' },
  replaced: { code: 4009, reason: 'TOO_MANY_SOCKETS' },
} as const

/** Kept by the runtime through hibernation. */
interface Attachment {
  asker: Asker
  expiresAt: number
  unacknowledged: number[]
}

/** The live sockets of the restaurant. Nothing is sent before the transaction it tells of is over. */
export class Sockets {
  readonly #state: DurableObjectState

  constructor(state: DurableObjectState) {
    this.#state = state
    state.setWebSocketAutoResponse(
      new WebSocketRequestResponsePair('{"type":"ping"}', '{"type":"pong"}'),
    )
  }

  /** Whether another socket fits. A session that has too many loses its oldest instead. */
  hasRoom(asker: Asker): boolean {
    if (this.#state.getWebSockets().length >= MAX_PER_RESTAURANT) return false
    const visitId = isStaff(asker) ? null : asker.visit?.visitId
    return visitId == null || this.#state.getWebSockets(`visit:${visitId}`).length < MAX_PER_VISIT
  }

  accept(socket: WebSocket, asker: Asker, expiresAt: number): void {
    const mine = this.#state.getWebSockets(`session:${asker.sessionId}`)
    if (mine.length >= MAX_PER_SESSION && mine[0] !== undefined) close(mine[0], CLOSE.replaced)
    const tags = [isStaff(asker) ? 'staff' : 'guest', `session:${asker.sessionId}`]
    if (!isStaff(asker)) tags.push(`owner:${stableScope(asker)}`)
    if (!isStaff(asker) && asker.visit !== null) tags.push(`visit:${asker.visit.visitId}`)
    this.#state.acceptWebSocket(socket, tags)
    const attachment: Attachment = { asker, expiresAt, unacknowledged: [] }
    socket.serializeAttachment(attachment)
  }

  /** Sends one message that counts towards the client's lag. */
  send(socket: WebSocket, message: { seq: number } & Record<string, unknown>): void {
    this.#deliver(socket, message.seq, JSON.stringify(message))
  }

  /** Sends committed events to everyone they concern, and closes what may hear no more. */
  broadcast(events: readonly DomainEvent[], now: number): void {
    for (const socket of this.#state.getWebSockets()) {
      const { asker, expiresAt } = attachmentOf(socket)
      if (expiresAt <= now) {
        close(socket, CLOSE.expired)
        continue
      }
      for (const event of events) {
        if (!concerns(event, asker)) continue
        const text = JSON.stringify(eventMessage(event, asker))
        if (!this.#deliver(socket, publicSeq(event.epoch, event.seq), text)) break
      }
    }
    for (const { subject } of events)
      if (subject.kind === 'visit' && subject.visit.closed)
        this.#closeTagged(`visit:${subject.visit.id}`)
  }

  endSession(sessionId: string): void {
    this.#closeTagged(`session:${sessionId}`)
  }

  /** When the next token of an open socket runs out. */
  nextExpiryAfter(now: number): number | null {
    const times = this.#state
      .getWebSockets()
      .map((socket) => attachmentOf(socket).expiresAt)
      .filter((at) => at > now)
    return times.length === 0 ? null : Math.min(...times)
  }

  /** `{"ack": seq}`: everything up to the number has arrived. Anything else is ignored. */
  receive(socket: WebSocket, text: string): void {
    const message = parse(text)
    if (message?.type === 'ping') socket.send('{"type":"pong"}')
    const ack = message?.ack
    if (typeof ack !== 'number') return
    const attachment = attachmentOf(socket)
    attachment.unacknowledged = attachment.unacknowledged.filter((seq) => seq > ack)
    socket.serializeAttachment(attachment)
  }

  #deliver(socket: WebSocket, seq: number, text: string): boolean {
    const attachment = attachmentOf(socket)
    if (attachment.unacknowledged.length >= MAX_UNACKNOWLEDGED) {
      close(socket, CLOSE.lagging)
      return false
    }
    attachment.unacknowledged.push(seq)
    socket.serializeAttachment(attachment)
    try {
      socket.send(text)
      return true
    } catch {
      // The peer is gone and its close has not arrived yet: it comes back with its last number.
      return false
    }
  }

  #closeTagged(tag: string): void {
    for (const socket of this.#state.getWebSockets(tag)) close(socket, CLOSE.ended)
  }
}

const attachmentOf = (socket: WebSocket): Attachment => socket.deserializeAttachment() as Attachment

function close(socket: WebSocket, { code, reason }: { code: number; reason: string }): void {
  try {
    socket.close(code, reason)
  } catch {
    // Already closing: nothing is left to say.
  }
}

function parse(text: string): { type?: unknown; ack?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}
