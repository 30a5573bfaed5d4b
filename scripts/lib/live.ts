import { WebSocket } from 'ws'

export interface LiveMessage {
  seq: number
  type: string
  order_id?: string
  order_number?: string
  status?: string
  payment_status?: string
  estimated_ready_at?: string | null
  message: string | null
  at: string
  [field: string]: unknown
}

export interface Heard {
  message: LiveMessage
  /** `performance.now()` at arrival. */
  at: number
}

export interface Live {
  /** The first message from now on or already here that fits and was not taken before. */
  next: (fits: (message: LiveMessage) => boolean, what: string, withinMs?: number) => Promise<Heard>
  heard: () => readonly Heard[]
  /** The number to resume from. */
  lastSeq: () => number | null
  close: () => void
  /** Cuts the connection without a word, as a phone in a lift. */
  cut: () => void
  /** Close code, once it is closed. */
  closed: Promise<number>
}

export interface LiveOptions {
  origin: string
  /** `/ws/orders/…` or `/ws/restaurants/…`. */
  path: string
  token: string
  after?: number | null
  onMessage?: (message: LiveMessage) => void
}

const WITHIN_MS = 10_000

interface Waiting {
  fits: (message: LiveMessage) => boolean
  take: (heard: Heard) => void
}

/** Opens a live socket as the pages do (the token as subprotocol) and acknowledges what arrives. */
export async function openLive(options: LiveOptions): Promise<Live> {
  const url = new URL(options.path, options.origin.replace(/^http/, 'ws'))
  if (options.after != null) url.searchParams.set('after', String(options.after))
  const socket = new WebSocket(url, [`bearer.${options.token}`])
  const heard: Heard[] = []
  const taken = new Set<Heard>()
  const waiting = new Set<Waiting>()
  let lastSeq = options.after ?? null
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))

  socket.on('message', (data: Buffer) => {
    const at = performance.now()
    const message = JSON.parse(data.toString()) as LiveMessage
    if (typeof message.seq !== 'number') return
    lastSeq = message.seq
    socket.send(JSON.stringify({ ack: message.seq }))
    options.onMessage?.(message)
    const entry = { message, at }
    heard.push(entry)
    for (const one of waiting)
      if (one.fits(message)) {
        waiting.delete(one)
        taken.add(entry)
        one.take(entry)
        break
      }
  })
  await opened(socket)
  return {
    next: (fits, what, withinMs = WITHIN_MS) => {
      const present = heard.find((entry) => !taken.has(entry) && fits(entry.message))
      if (present !== undefined) {
        taken.add(present)
        return Promise.resolve(present)
      }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(one)
          reject(new Error(`${options.path}: ${what} was not heard within ${withinMs} ms`))
        }, withinMs)
        const one: Waiting = {
          fits,
          take: (entry) => {
            clearTimeout(timer)
            resolve(entry)
          },
        }
        waiting.add(one)
      })
    },
    heard: () => heard,
    lastSeq: () => lastSeq,
    close: () => socket.close(1000),
    cut: () => socket.terminate(),
    closed,
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('unexpected-response', (_, response) => {
      reject(new Error(`the socket was refused with ${response.statusCode ?? 0}`))
      socket.terminate()
    })
    // Stays for the socket's whole life: an error without a listener would end the process.
    socket.on('error', reject)
  })
}
