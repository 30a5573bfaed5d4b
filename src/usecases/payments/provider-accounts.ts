import { SYSTEM } from '../../domain/actor.ts'
import { isPlatformId, restaurantKeyOf } from '../../domain/ids.ts'
import { KEYS_OF } from '../../domain/payment/account-keys.ts'
import type { RemoteProvider } from '../../domain/payment/payment.ts'
import type { SealedSecrets, SecretName } from '../../domain/restaurant/secrets.ts'
import type { AccountKeys, PaymentProvider } from '../../providers/payment-port.ts'
import type { Deps } from '../deps.ts'
import { secretContext } from '../restaurants/seal-secrets.ts'

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
    kept?: SealedSecrets,
  ): Promise<PaymentProvider> {
    return this.#makers[of](await this.keys(deps, of, restaurantId, kept))
  }

  /** The restaurant's own keys at the provider; null where it has none and the deployment's count. */
  async keys(
    deps: AccountDeps,
    of: RemoteProvider,
    restaurantId: string,
    kept?: SealedSecrets,
  ): Promise<AccountKeys | null> {
    if (KEYS_OF[of].length === 0 || isPlatformId(restaurantId)) return null
    const name = `${of}/${restaurantKeyOf(restaurantId)}`
    const known = this.#known.get(name)
    if (known !== undefined && known.until > this.#now()) return known.keys
    const sealed = kept ?? (await askFor(deps, KEYS_OF[of], restaurantId))
    const keys = sealed === null ? null : await openKeys(deps, KEYS_OF[of], sealed)
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear()
    this.#known.set(name, { until: this.#now() + REMEMBERED_MS, keys })
    return keys
  }
}

async function askFor(
  { restaurants }: AccountDeps,
  names: readonly SecretName[],
  idWithKey: string,
): Promise<SealedSecrets | null> {
  const query = { type: 'sealed-secrets', names } as const
  const kept = await restaurants(idWithKey).query<'sealed-secrets'>({ query, asker: SYSTEM })
  return kept.ok ? kept.value : null
}

async function openKeys(
  { secretBox }: AccountDeps,
  names: readonly SecretName[],
  { restaurantId, sealed }: SealedSecrets,
): Promise<AccountKeys | null> {
  if (Object.keys(sealed).length === 0) return null
  const opened = await Promise.all(
    names.map(async (name) => {
      const text = sealed[name]
      const context = secretContext(restaurantId, name)
      return [name, text === undefined ? null : await secretBox.open(text, context)] as const
    }),
  )
  return Object.fromEntries(opened.filter(([, value]) => value !== null))
}
