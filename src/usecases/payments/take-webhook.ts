import { SYSTEM } from '../../domain/actor.ts'
import type { Deps } from '../deps.ts'

/**
 * A provider's webhook: noted for the agenda, which asks the provider itself. True when it was about a
 * payment of ours; what is not ours is nothing to repeat, and answered 200 all the same.
 */
export async function takeWebhook(
  deps: Pick<Deps, 'restaurants' | 'webhooks'>,
  body: unknown,
  traceId: string | null,
): Promise<boolean> {
  const hint = deps.webhooks.toss(body)
  if (hint === null) return false
  const noted = await deps.restaurants(hint.paymentId).execute<'note-webhook'>({
    command: { type: 'note-webhook', ...hint },
    asker: SYSTEM,
    idempotency: null,
    traceId,
  })
  return noted.ok
}
