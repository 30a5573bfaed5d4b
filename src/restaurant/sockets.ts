import { errorText } from '../domain/error-text.ts'
import { isStaff, type Asker } from '../domain/actor.ts'
import type { DomainEvent } from '../domain/events.ts'
import type { LogLine } from '../runtime.ts'
import { OpenSockets, type Attachment } from './open-sockets.ts'
import { crowdsOf, givingWay } from './socket-crowds.ts'
import { concerns, eventMessage, type Listener, type SocketMessage } from './socket-messages.ts'

/** A client that lags by more messages than this is closed; it comes back with its last number. */
const MAX_UNACKNOWLEDGED = 200
/** Clients have nothing to say that is longer than an acknowledgement. */
const MAX_MESSAGE_CHARS = 1_000

/** Close codes, documented for clients in docs/live.md; 1xxx by RFC 6455 §7.4.1. */
const CLOSE = {
  notText: { code: 1003, reason: 'NOT_TEXT' },
  tooBig: { code: 1009, reason: 'MESSAGE_TOO_BIG' },
  restored: { code: 1012, reason: 'RESTORED' },
  failed: { code: 1011, reason: 'INTERNAL_ERROR' },
  sessionEnded: { code: 4001, reason: 'SESSION_ENDED' },
  expired: { code: 4002, reason: 'TOKEN_EXPIRED' },
  membershipChanged: { code: 4004, reason: 'MEMBERSHIP_CHANGED' },
  visitEnded: { code: 4003, reason: 'VISIT_ENDED' },
  lagging: { code: 4008, reason: 'LAGGING' },
  replaced: { code: 4009, reason: 'TOO_MANY_SOCKETS' },
} as const

/** The live sockets of the restaurant. Nothing is sent before the transaction it tells of is over. */
export class Sockets {
  readonly #state: DurableObjectState
  readonly #sockets: OpenSockets
  readonly #log: (line: LogLine) => void
  /** No socket expires earlier; undefined when not known (after a wake). */
  #nextExpiry: number | null | undefined

  constructor(state: DurableObjectState, log: (line: LogLine) => void) {
    this.#state = state
    this.#sockets = new OpenSockets(state)
    this.#log = log
    state.setWebSocketAutoResponse(
      new WebSocketRequestResponsePair('{"type":"ping"}', '{"type":"pong"}'),
    )
  }

  /** Whether another socket of the asker's fits, if the long silent give way. Changes nothing. */
  hasRoom(asker: Asker, now: number): boolean {
    const silent = (socket: WebSocket) => this.#silentMs(socket, now)
    return crowdsOf(asker).every(
      (crowd) => givingWay(this.#sockets.open(crowd.tag), crowd, silent) !== 'full',
    )
  }

  /** Whether a board is there to ring; a socket that watches one order is none. */
  boardConnected(): boolean {
    return this.#sockets
      .open('staff')
      .some((socket) => this.#sockets.attachmentOf(socket).orderId === null)
  }

  /** How many of each are open. */
  crowd(): { staff: number; guests: number } {
    return { staff: this.#sockets.open('staff').length, guests: this.#sockets.open('guest').length }
  }

  accept(socket: WebSocket, listener: Listener, expiresAt: number, now: number): void {
    const silent = (other: WebSocket) => this.#silentMs(other, now)
    for (const crowd of crowdsOf(listener.asker)) {
      const leaving = givingWay(this.#sockets.open(crowd.tag), crowd, silent)
      if (typeof leaving !== 'string') close(leaving, CLOSE.replaced)
    }
    this.#sockets.accept(socket, { ...listener, expiresAt, heardAt: now, unacknowledged: [] })
    this.expectExpiry(expiresAt)
  }

  /** Sends one message that counts towards the client's lag. */
  send(socket: WebSocket, message: SocketMessage): void {
    this.#guarded(socket, () => {
      this.#deliver(socket, this.#sockets.attachmentOf(socket), message)
    })
  }

  /** Sends committed events, in order, to everyone they concern; closes the sockets of ended visits. */
  broadcast(events: readonly DomainEvent[]): void {
    for (const event of events)
      for (const socket of this.#audienceOf(event))
        this.#guarded(socket, () => {
          const attachment = this.#sockets.attachmentOf(socket)
          if (concerns(event, attachment))
            this.#deliver(socket, attachment, eventMessage(event, attachment.asker))
        })
    for (const { subject } of events)
      if (subject.kind === 'visit' && subject.visit.closed)
        this.#closeTagged(`visit:${subject.visit.id}`, CLOSE.visitEnded)
  }

  /** What clients have seen may not have been: they come back with a number that gets a snapshot. */
  endEpoch(): void {
    for (const socket of this.#sockets.open()) close(socket, CLOSE.restored)
  }

  endSession(sessionId: string): void {
    this.#closeTagged(`session:${sessionId}`, CLOSE.sessionEnded)
  }

  /** The user's staff sockets; those that a newer membership has opened stay. */
  endMembership(userId: string, version: number): void {
    for (const socket of this.#sockets.open(`user:${userId}`)) {
      const { asker } = this.#sockets.attachmentOf(socket)
      if (isStaff(asker) && (asker.membershipVersion ?? 1) < version)
        close(socket, CLOSE.membershipChanged)
    }
  }

  /** When the alarm must ring for the sockets; null without any. */
  nextExpiry(): number | null {
    if (this.#nextExpiry === undefined) {
      this.#nextExpiry = null
      for (const socket of this.#sockets.open())
        this.expectExpiry(this.#sockets.attachmentOf(socket).expiresAt)
    }
    return this.#nextExpiry
  }

  /** A socket that ends at `expiresAt` is about to be accepted. */
  expectExpiry(expiresAt: number): void {
    const next = this.nextExpiry()
    this.#nextExpiry = next === null ? expiresAt : Math.min(next, expiresAt)
  }

  /** Closes the sockets whose token has run out. */
  closeExpired(now: number): void {
    const next = this.nextExpiry()
    if (next === null || next > now) return
    for (const socket of this.#sockets.open())
      if (this.#sockets.attachmentOf(socket).expiresAt <= now) close(socket, CLOSE.expired)
    this.#nextExpiry = undefined
  }

  /** `{"ack": seq}`: everything up to the number has arrived. Other texts are ignored. */
  receive(socket: WebSocket, message: string | ArrayBuffer, now: number): void {
    if (typeof message !== 'string') {
      close(socket, CLOSE.notText)
      return
    }
    if (message.length > MAX_MESSAGE_CHARS) {
      close(socket, CLOSE.tooBig)
      return
    }
    const said = parse(message)
    // Spelled otherwise than the automatic answer expects.
    if (said?.type === 'ping') this.#guarded(socket, () => socket.send('{"type":"pong"}'))
    if (typeof said?.ack === 'number') this.#acknowledge(socket, said.ack, now)
  }

  /**
   * The client says goodbye. Measured: without an answer it waits ten seconds and reads 1006, and the
   * socket lingers. 1005 and 1006 stand for codes that were not sent, and may not be (RFC 6455 §7.4.1).
   */
  farewell(socket: WebSocket, code: number): void {
    this.#sockets.forget(socket)
    close(socket, { code: code === 1005 || code === 1006 ? 1000 : code, reason: '' })
  }

  /** Those who may be concerned; each socket once. */
  #audienceOf({ subject }: DomainEvent): Iterable<WebSocket> {
    if (subject.kind === 'table' || subject.kind === 'visit') return this.#sockets.open('staff')
    if (subject.kind !== 'order') return this.#sockets.open()
    const { sessionId, userId } = subject.order
    const tags = ['staff', `session:${sessionId}`, ...(userId === null ? [] : [`user:${userId}`])]
    return new Set(tags.flatMap((tag) => this.#sockets.open(tag)))
  }

  /** Pings are answered without waking the object; the runtime notes when, by the machine's clock. */
  #silentMs(socket: WebSocket, now: number): number {
    const sinceSaid = now - this.#sockets.attachmentOf(socket).heardAt
    const pinged = this.#state.getWebSocketAutoResponseTimestamp(socket)
    return pinged === null ? sinceSaid : Math.min(sinceSaid, Date.now() - pinged.getTime())
  }

  #closeTagged(tag: string, why: CloseFrame): void {
    for (const socket of this.#sockets.open(tag)) close(socket, why)
  }

  #deliver(socket: WebSocket, attachment: Attachment, message: SocketMessage): void {
    // Closed since it was looked up: it lagged behind an earlier message of the same batch.
    if (socket.readyState !== WebSocket.OPEN) return
    if (attachment.unacknowledged.length >= MAX_UNACKNOWLEDGED) {
      close(socket, CLOSE.lagging)
      return
    }
    attachment.unacknowledged.push(message.seq)
    this.#sockets.write(socket, attachment)
    socket.send(JSON.stringify(message))
  }

  /** A number that was not sent yet acknowledges nothing: who cannot know it has not read it. */
  #acknowledge(socket: WebSocket, ack: number, now: number): void {
    const attachment = this.#sockets.attachmentOf(socket)
    const last = attachment.unacknowledged.at(-1)
    if (last === undefined || ack > last) return
    attachment.unacknowledged = attachment.unacknowledged.filter((seq) => seq > ack)
    attachment.heardAt = now
    this.#sockets.write(socket, attachment)
  }

  /** One socket's trouble is not the command's: it is closed, and comes back with its last number. */
  #guarded(socket: WebSocket, work: () => void): void {
    try {
      work()
    } catch (error) {
      const reason = errorText(error)
      this.#log({ level: 'warn', kind: 'socket-failed', reason })
      close(socket, CLOSE.failed)
    }
  }
}

interface CloseFrame {
  code: number
  reason: string
}

function close(socket: WebSocket, { code, reason }: CloseFrame): void {
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
