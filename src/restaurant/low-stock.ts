import type { Report } from '../domain/jobs.ts'
import { lowStockNotice, type LowStockNotice } from '../domain/restaurant/notice.ts'
import { isSink, SECRET_OF_SINK, SINKS, type Sink } from '../domain/restaurant/secrets.ts'
import { isLow } from '../domain/stock/state.ts'
import type { Context } from './context.ts'

/** The owner is told of one item at most this often, however its level goes up and down. */
const BETWEEN_ALERTS_MS = 3600_000

const entryOf = (sink: Sink, itemId: string): string => `${sink}/${itemId}`

/** The item came to its threshold: each sink of the owner's is to be told, unless it was just now. */
export function alertLow(cx: Context, itemId: string): void {
  const quiet = cx.store.agenda.get('low-stock-quiet', itemId)
  for (const sink of SINKS)
    if (cx.store.secrets.sealed(SECRET_OF_SINK[sink]) !== null)
      cx.agenda.expect('notify', entryOf(sink, itemId), quiet?.due ?? cx.now)
}

/** What the entry has to tell now; null where the item has enough again. */
export function lowStockOwed(
  cx: Context,
  entry: string,
): { sink: Sink; notice: LowStockNotice } | null {
  const [sink = '', itemId = ''] = entry.split('/')
  const item = cx.store.menu.item(itemId)
  if (!isSink(sink) || item?.stock == null || !isLow(item.stock)) return null
  if (cx.store.secrets.sealed(SECRET_OF_SINK[sink]) === null) return null
  return { sink, notice: lowStockNotice(cx.restaurant(), item, item.stock, cx.now) }
}

/** A sink was told, or not. */
export function lowStockNotified(
  cx: Context,
  { sink, outcome }: Extract<Report, { kind: 'notified' }>,
  itemId: string,
): void {
  const entry = entryOf(sink, itemId)
  if (outcome.kind === 'failed') {
    // Without a wish of the sink's, the lease's own backoff stands.
    if (outcome.retryAfterSeconds !== null && cx.store.agenda.get('notify', entry) !== null)
      cx.agenda.set('notify', entry, cx.now + outcome.retryAfterSeconds * 1000)
    return
  }
  cx.agenda.done('notify', entry)
  if (outcome.kind === 'sent') cx.agenda.set('low-stock-quiet', itemId, cx.now + BETWEEN_ALERTS_MS)
}
