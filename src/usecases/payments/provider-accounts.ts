import { SYSTEM } from '../../domain/actor.ts'
import { isPlatformId, restaurantKeyOf } from '../../domain/ids.ts'
import type { RemoteProvider } from '../../domain/payment/payment.ts'
import type { SecretName } from '../../domain/restaurant/secrets.ts'
import type { AccountKeys, PaymentProvider } from '../../providers/payment-port.ts'
import type { Deps } from '../deps.ts'
import { secretContext } from '../restaurants/seal-secrets.ts'

/** The keys that make an account at a provider. */
const KEYS_OF = {
  toss: ['toss-secret-key', 'toss-client-key'],
  stripe: ['stripe-secret-key', 'stripe-publishable-key', 'stripe-webhook-secret'],
  deposit: ['payaction-mall-id', 'payaction-api-key', 'payaction-webhook-key'],
  wallet: [],
} as const satisfies Record<RemoteProvider, readonly SecretName[]>

/** A changed key is used by every isolate after so long; a payment's path asks the object no more than it must. */
const REMEMBERED_MS = 60_000
const MOST_REMEMBERED = 1_000

export type AdapterMakers = Record<RemoteProvider, (keys: AccountKeys | null) => PaymentProvider>

type AccountDeps = Pick<Deps, 'restaurants' | 'secretBox'>

/**
 * Finds whose account moves a restaurant's money: its own where it has entered keys, the deployment's
 * otherwise. Opened keys are kept in memory for a minute, and nowhere else.
 */
export class ProviderAccounts {
  readonly #makers: AdapterMakers
  readonly #now: () => number
  readonly #known = new Map<string, { until: number; keys: AccountKeys | null }>()

  constructor(makers: AdapterMakers, now: () => number) {
    this.#makers = makers
    this.#now = now
  }

  async provider(
    deps: AccountDeps,
    of: RemoteProvider,
    restaurantId: string,
  ): Promise<PaymentProvider> {
    return this.#makers[of](await this.keys(deps, of, restaurantId))
  }

  /** The restaurant's own keys at the provider; null where it has none and the deployment's count. */
  async keys(
    deps: AccountDeps,
    of: RemoteProvider,
    restaurantId: string,
  ): Promise<AccountKeys | null> {
    if (KEYS_OF[of].length === 0 || isPlatformId(restaurantId)) return null
    const name = `${of}/${restaurantKeyOf(restaurantId)}`
    const known = this.#known.get(name)
    if (known !== undefined && known.until > this.#now()) return known.keys
    const keys = await readKeys(deps, KEYS_OF[of], restaurantId)
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear()
    this.#known.set(name, { until: this.#now() + REMEMBERED_MS, keys })
    return keys
  }
}

async function readKeys(
  { restaurants, secretBox }: AccountDeps,
  names: readonly SecretName[],
  idWithKey: string,
): Promise<AccountKeys | null> {
  const object = restaurants(idWithKey)
  const query = { type: 'sealed-secrets', names } as const
  const kept = await object.query<'sealed-secrets'>({ query, asker: SYSTEM })
  if (!kept.ok || Object.keys(kept.value.sealed).length === 0) return null
  const { restaurantId, sealed } = kept.value
  const opened = await Promise.all(
    names.map(async (name) => {
      const text = sealed[name]
      const context = secretContext(restaurantId, name)
      return [name, text === undefined ? null : await secretBox.open(text, context)] as const
    }),
  )
  return Object.fromEntries(opened.filter(([, value]) => value !== null))
}
