import { SYSTEM } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { WebhookHint } from '../../providers/payment-port.ts'
import type { Deps } from '../deps.ts'

/**
 * A provider's webhook: noted for the agenda, which asks the provider itself. True when it was about a
 * payment of ours; what is not ours is nothing to repeat, and is taken all the same. One that tries to
 * prove itself and cannot is refused.
 */
export async function takeWebhook(
  deps: Pick<Deps, 'restaurants' | 'log'>,
  hint: WebhookHint | null,
  traceId: string | null,
): Promise<Result<boolean, Refusal>> {
  const noted =
    hint === null
      ? null
      : await deps.restaurants(hint.paymentId).execute<'note-webhook'>({
          command: { type: 'note-webhook', ...hint },
          asker: SYSTEM,
          idempotency: null,
          traceId,
        })
  if (noted?.ok === true) return ok(true)
  const reason = noted === null ? 'UNREADABLE' : noted.refusal.kind
  const paymentId = hint?.paymentId ?? null
  deps.log({ level: 'warn', kind: 'webhook-not-noted', reason, paymentId, traceId })
  return noted?.refusal.kind === 'UNAUTHENTICATED' ? noted : ok(false)
}
