import { setTimeout as pause } from 'node:timers/promises'
import { openBoard } from './board.ts'
import type { Call } from './load.ts'
import type { BenchServer } from './runtime.ts'

/** A quiet order every so often: what is measured is the way to the tablet, not a queue before it. */
const PAUSE_MS = 5

/** How long after the guest has the answer the staff's socket hears of the order, in ms, sorted. */
export async function ringing(
  server: BenchServer,
  restaurantId: string,
  order: () => Call,
  orders: number,
): Promise<number[]> {
  const heard = new Map<string, number>()
  const board = await openBoard(server, restaurantId, ({ type, order_id: id }) => {
    if (type === 'NEW_ORDER') heard.set(id ?? '', performance.now())
  })
  const answered = new Map<string, number>()
  for (let n = 0; n < orders; n += 1) {
    const { path, method, headers, body } = order()
    const answer = await fetch(`${server.origin}${path}`, { method, headers, body })
    const at = performance.now()
    const { order_id: id } = (await answer.json()) as { order_id: string }
    answered.set(id, at)
    await pause(PAUSE_MS)
  }
  await pause(500)
  board.close()
  return [...answered]
    .map(([id, at]) => Math.max(0, (heard.get(id) ?? Infinity) - at))
    .sort((a, b) => a - b)
}
