import type { Job } from '../../domain/jobs.ts'
import type { Deps } from '../deps.ts'

export type RegisterDeps = Pick<Deps, 'provider' | 'restaurants' | 'log'>

/** Makes a deposit known to whoever watches the account, and tells the object. */
export async function registerDeposit(
  deps: RegisterDeps,
  job: Extract<Job, { kind: 'register' }>,
): Promise<void> {
  const { restaurantId, orderId, paymentId, provider, orderNumber } = job
  const watcher = await deps.provider(provider, restaurantId)
  const outcome = await watcher.open({
    ...job,
    orderName: `주문 #${orderNumber}`,
    successUrl: '',
    failUrl: '',
    userId: null,
  })
  // Nothing is lost: staff and the account's feed still tell. But somebody should look at the keys.
  if (outcome.kind === 'refused')
    deps.log({
      level: 'warn',
      kind: 'deposit-not-registered',
      restaurantId,
      orderId,
      paymentId,
      code: outcome.failure.code,
    })
  await deps.restaurants(restaurantId).report({ kind: 'registered', paymentId, outcome })
}
