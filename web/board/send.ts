import type { Api } from '../lib/api.ts'
import { outcomeOf, type Outcome } from '../lib/outcome.ts'
import type { Queued } from '../lib/queue.ts'
import type { Tap } from './commands.ts'
import type { Order } from './state.ts'

/** Sends one tap under its key; answers the order as it is now, where the tap was about one. */
export async function send(
  api: Api,
  { key, command }: Queued<Tap>,
): Promise<Outcome<Order | null>> {
  const { me } = api.api.v1.restaurants
  const orders = me.orders[':id']
  const options = { headers: { 'Idempotency-Key': key } }
  switch (command.kind) {
    case 'accept': {
      const { minutes, message, out } = command
      const json = {
        estimated_time_minutes: minutes,
        ...(message !== null && { message }),
        unavailable_lines: out.map(({ lineId, quantity }) => ({ line_id: lineId, quantity })),
      }
      return outcomeOf(orders.accept.$post({ param: { id: command.orderId }, json }, options))
    }
    case 'reject': {
      const json = { reason: command.reason, sold_out_item_ids: [...command.soldOutItemIds] }
      return outcomeOf(orders.reject.$post({ param: { id: command.orderId }, json }, options))
    }
    case 'ready':
    case 'complete':
    case 'acknowledge':
      return outcomeOf(orders[command.kind].$post({ param: { id: command.orderId } }, options))
    case 'sold-out': {
      const { itemId: id, soldOut, until } = command
      const json = { sold_out: soldOut, until }
      return none(outcomeOf(me.items[':id']['sold-out'].$put({ param: { id }, json }, options)))
    }
    case 'stock': {
      const json = { menu_id: command.itemId, set: command.level, reason: 'board' }
      return none(outcomeOf(me.inventory.adjustments.$post({ json }, options)))
    }
    case 'pause':
      return none(outcomeOf(me.pause.$post({ json: { until: command.until } }, options)))
    case 'resume':
      return none(outcomeOf(me.resume.$post({}, options)))
    case 'busy':
      return none(outcomeOf(me.busy.$post({ json: { delay_minutes: command.minutes } }, options)))
  }
}

async function none(answering: Promise<Outcome<unknown>>): Promise<Outcome<null>> {
  const outcome = await answering
  return outcome.ok ? { ok: true, value: null } : outcome
}
