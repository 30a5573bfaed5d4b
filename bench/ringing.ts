import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { createJoseTokens } from '../src/providers/jose-tokens.ts'
import type { Call } from './load.ts'
import type { BenchServer } from './runtime.ts'

/** A quiet order every so often: what is measured is the way to the tablet, not a queue before it. */
const PAUSE_MS = 5

/** How long after the guest has the answer the staff's socket hears of the order, in ms, sorted. */
export async function ringing(
  { origin, signingKey }: BenchServer,
  restaurantId: string,
  order: () => Call,
  orders: number,
): Promise<number[]> {
  const issuedAt = Date.now()
  const token = await createJoseTokens([signingKey]).issue(
    'access',
    {
      role: 'OWNER',
      sessionId: randomUUID(),
      userId: randomUUID(),
      memberships: [{ restaurantId, role: 'OWNER' }],
      visit: null,
    },
    { id: randomUUID(), issuedAt, ttlSeconds: 900 },
  )
  const socket = new WebSocket(
    `${origin.replace('http', 'ws')}/ws/restaurants/${restaurantId}`,
    `bearer.${token}`,
  )
  const heard = new Map<string, number>()
  socket.addEventListener('message', ({ data }) => {
    const at = performance.now()
    const message = JSON.parse(String(data)) as { seq: number; type: string; order_id?: string }
    if (message.type === 'NEW_ORDER') heard.set(message.order_id ?? '', at)
    socket.send(JSON.stringify({ ack: message.seq }))
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('message', resolve, { once: true })
    socket.addEventListener('error', () => reject(new Error('the board did not open')))
  })
  const answered = new Map<string, number>()
  for (let n = 0; n < orders; n += 1) {
    const { path, method, headers, body } = order()
    const answer = await fetch(`${origin}${path}`, { method, headers, body })
    const at = performance.now()
    const { order_id: id } = (await answer.json()) as { order_id: string }
    answered.set(id, at)
    await pause(PAUSE_MS)
  }
  await pause(500)
  socket.close()
  return [...answered]
    .map(([id, at]) => Math.max(0, (heard.get(id) ?? Infinity) - at))
    .sort((a, b) => a - b)
}
