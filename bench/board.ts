import { randomUUID } from 'node:crypto'
import { createJoseTokens } from '../src/providers/jose-tokens.ts'
import type { BenchServer } from './runtime.ts'

export interface BoardMessage {
  seq: number
  type: string
  order_id?: string
}

/** One acknowledgement stands for all before it. */
const ACK_EVERY = 20

/** The owner's tablet: connected, acknowledging what it hears, as in any kitchen that is open. */
export async function openBoard(
  { origin, signingKey }: BenchServer,
  restaurantId: string,
  hear: (message: BoardMessage) => void = () => undefined,
): Promise<{ close(): void }> {
  const token = await createJoseTokens([signingKey]).issue(
    'access',
    {
      role: 'OWNER',
      sessionId: randomUUID(),
      userId: randomUUID(),
      memberships: [{ restaurantId, role: 'OWNER' }],
      visit: null,
    },
    { id: randomUUID(), issuedAt: Date.now(), ttlSeconds: 900 },
  )
  const socket = new WebSocket(
    `${origin.replace('http', 'ws')}/ws/restaurants/${restaurantId}`,
    `bearer.${token}`,
  )
  let unacknowledged = 0
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as BoardMessage
    hear(message)
    unacknowledged += 1
    if (unacknowledged < ACK_EVERY) return
    socket.send(JSON.stringify({ ack: message.seq }))
    unacknowledged = 0
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('message', resolve, { once: true })
    socket.addEventListener('error', () => reject(new Error('the board did not open')))
  })
  return { close: () => socket.close() }
}
