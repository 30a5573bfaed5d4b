import { signal, type Signal } from '@preact/signals'

/** What a socket says; see the documentation of live messages. */
export interface LiveMessage {
  seq: number
  type: string
  at: string
  message: string | null
  [field: string]: unknown
}

/** Since when nothing is heard, in ms; null while the line is open. */
export type OfflineSince = Signal<number | null>

interface Line {
  url: () => string
  /** Null: there is no session any more, and nobody to listen as. */
  token: () => Promise<string | null>
  heard: (message: LiveMessage) => void
  /** Nobody comes back from here: with the socket's code, or null where there is no session. */
  refused?: (code: number | null) => void
  /** The server let nobody in though the network is there: whoever listens may have lost the right. */
  doubted?: () => void
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 20_000
const PING_MS = 25_000
/** A line that has said nothing for this long is taken for dead: a phone that slept does not tell. */
const SILENCE_MS = 60_000
/** Logged out, table cleared, or another window took the place: coming back is not ours to decide. */
const GONE = new Set([4001, 4003, 4009])

/**
 * Keeps a socket open for as long as the page lives: comes back by itself, with the last number it
 * heard, so that nothing is missed and nothing told twice.
 */
export function listen(line: Line): { offlineSince: OfflineSince; close: () => void } {
  const offlineSince: OfflineSince = signal<number | null>(Date.now())
  let socket: WebSocket | null = null
  let after: number | null = null
  let tries = 0
  let closed = false
  let heardAt = Date.now()
  let timer: ReturnType<typeof setTimeout> | undefined

  const later = () => {
    if (closed) return
    offlineSince.value ??= Date.now()
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries)
    tries += 1
    clearTimeout(timer)
    timer = setTimeout(() => void open(), pause * (0.5 + Math.random() / 2))
  }

  async function open(): Promise<void> {
    if (closed || (socket !== null && socket.readyState <= WebSocket.OPEN)) return
    let token: string | null
    try {
      token = await line.token()
    } catch {
      later()
      return
    }
    if (token === null) {
      line.refused?.(null)
      return
    }
    const url = new URL(line.url().replace(/^http/, 'ws'))
    if (after !== null) url.searchParams.set('after', String(after))
    const opened = new WebSocket(url, ['ordersync', `bearer.${token}`])
    let wasOpen = false
    socket = opened
    opened.onopen = () => {
      wasOpen = true
      tries = 0
      heardAt = Date.now()
      offlineSince.value = null
    }
    opened.onmessage = ({ data }: MessageEvent<string>) => {
      heardAt = Date.now()
      const message = JSON.parse(data) as Partial<LiveMessage>
      if (typeof message.seq !== 'number') return
      if (message.type !== 'SNAPSHOT' && after !== null && message.seq <= after) return
      after = message.seq
      line.heard(message as LiveMessage)
      if (opened.readyState === WebSocket.OPEN) opened.send(JSON.stringify({ ack: message.seq }))
    }
    opened.onclose = ({ code }) => {
      if (socket === opened) socket = null
      if (closed) return
      if (GONE.has(code)) line.refused?.(code)
      else later()
      if (!wasOpen && navigator.onLine) line.doubted?.()
    }
  }

  const pinging = setInterval(() => {
    if (socket?.readyState !== WebSocket.OPEN) return
    if (Date.now() - heardAt > SILENCE_MS) socket.close()
    else socket.send('{"type":"ping"}')
  }, PING_MS)

  /** A phone that wakes, a network that is back: now, not at the end of a long pause. */
  const awake = () => {
    if (document.hidden) return
    tries = 0
    if (socket !== null && Date.now() - heardAt > SILENCE_MS) socket.close()
    void open()
  }
  /** The device says that it has no network: a socket may believe itself open for minutes more. */
  const cutOff = () => {
    offlineSince.value ??= Date.now()
    socket?.close()
  }
  addEventListener('online', awake)
  addEventListener('offline', cutOff)
  document.addEventListener('visibilitychange', awake)
  void open()

  return {
    offlineSince,
    close() {
      closed = true
      clearTimeout(timer)
      clearInterval(pinging)
      removeEventListener('online', awake)
      removeEventListener('offline', cutOff)
      document.removeEventListener('visibilitychange', awake)
      socket?.close(1000)
    },
  }
}
