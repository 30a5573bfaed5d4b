import { tagsOf } from './socket-crowds.ts'
import type { Listener } from './socket-messages.ts'

/** Kept by the runtime through hibernation (16 KB at most). */
export interface Attachment extends Listener {
  expiresAt: number
  heardAt: number
  unacknowledged: number[]
}

/**
 * The sockets that are open, by their tags, each with what is kept of it. The runtime keeps the same, and
 * alone through hibernation; but asking it costs a list, and each attachment a reading, at every event.
 */
export class OpenSockets {
  readonly #state: DurableObjectState
  readonly #byTag = new Map<string, Set<WebSocket>>()
  /** Null after a wake, until somebody asks. */
  #attached: Map<WebSocket, Attachment> | null = null

  constructor(state: DurableObjectState) {
    this.#state = state
  }

  accept(socket: WebSocket, attachment: Attachment): void {
    const attached = this.#all()
    this.#state.acceptWebSocket(socket, tagsOf(attachment.asker))
    this.#add(attached, socket, attachment)
    this.write(socket, attachment)
  }

  attachmentOf(socket: WebSocket): Attachment {
    return this.#all().get(socket) ?? (socket.deserializeAttachment() as Attachment)
  }

  /** After a change: at any time from now on the object may be put to sleep. */
  write(socket: WebSocket, attachment: Attachment): void {
    socket.serializeAttachment(attachment)
  }

  /** Without those that are closing: a peer that is gone never answers the close, and lingers. */
  open(tag?: string): WebSocket[] {
    const attached = this.#all()
    const open: WebSocket[] = []
    for (const socket of (tag === undefined ? attached.keys() : this.#byTag.get(tag)) ?? [])
      if (socket.readyState === WebSocket.OPEN) open.push(socket)
      else this.forget(socket)
    return open
  }

  /** It is closing, or closed. */
  forget(socket: WebSocket): void {
    const attachment = this.#attached?.get(socket)
    if (attachment === undefined) return
    this.#attached?.delete(socket)
    for (const tag of tagsOf(attachment.asker)) {
      const tagged = this.#byTag.get(tag)
      tagged?.delete(socket)
      if (tagged?.size === 0) this.#byTag.delete(tag)
    }
  }

  #all(): Map<WebSocket, Attachment> {
    if (this.#attached !== null) return this.#attached
    const attached = new Map<WebSocket, Attachment>()
    for (const socket of this.#state.getWebSockets())
      if (socket.readyState === WebSocket.OPEN)
        this.#add(attached, socket, socket.deserializeAttachment() as Attachment)
    this.#attached = attached
    return attached
  }

  #add(attached: Map<WebSocket, Attachment>, socket: WebSocket, attachment: Attachment): void {
    attached.set(socket, attachment)
    for (const tag of tagsOf(attachment.asker)) {
      const tagged = this.#byTag.get(tag)
      if (tagged === undefined) this.#byTag.set(tag, new Set([socket]))
      else tagged.add(socket)
    }
  }
}
