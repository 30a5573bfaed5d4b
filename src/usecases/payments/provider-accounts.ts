import { SYSTEM } from '../../domain/actor.ts'
import { isPlatformId, restaurantKeyOf } from '../../domain/ids.ts'
import { KEYS_OF } from '../../domain/payment/account-keys.ts'
import type { RemoteProvider } from '../../domain/payment/payment.ts'
import type { SealedSecrets, SecretName } from '../../domain/restaurant/secrets.ts'
import type { AccountKeys, PaymentProvider } from '../../providers/payment-port.ts'
import type { Deps } from '../deps.ts'
import { secretContext } from '../restaurants/seal-secrets.ts'

/** A changed key is used by every isolate after so long; a payment's path asks the object no more than it must. */
const REMEMBERED_MS = 10_000
const MOST_REMEMBERED = 1_000

export type AdapterMakers = Record<RemoteProvider, (keys: AccountKeys | null) => PaymentProvider>

type AccountDeps = Pick<Deps, 'restaurants' | 'secretBox' | 'log'>

interface Account {
  keys: AccountKeys | null
  /** Keys are there that nothing here opens: whose money it would be is known, and how to move it is not. */
  shut: boolean
}
const NO_OWN: Account = { keys: null, shut: false }

/**
 * Finds whose account moves a restaurant's money: its own where it has entered keys, the deployment's
 * otherwise. Opened keys are kept in memory for some seconds, and nowhere else.
 */
export class ProviderAccounts {
  readonly #makers: AdapterMakers
  readonly #shut: PaymentProvider
  readonly #now: () => number
  readonly #known = new Map<string, Account & { until: number }>()

  /** `shut` stands in for an account whose keys do not open: another's must not move its money. */
  constructor(makers: AdapterMakers, shut: PaymentProvider, now: () => number) {
    this.#makers = makers
    this.#shut = shut
    this.#now = now
  }

  async provider(
    deps: AccountDeps,
    of: RemoteProvider,
    restaurantId: string,
    kept?: SealedSecrets,
  ): Promise<PaymentProvider> {
    const { keys, shut } = await this.#account(deps, of, restaurantId, kept)
    return shut ? this.#shut : this.#makers[of](keys)
  }

  /** The restaurant's own keys at the provider; null where it has none and the deployment's count. */
  async keys(
    deps: AccountDeps,
    of: RemoteProvider,
    restaurantId: string,
  ): Promise<AccountKeys | null> {
    return (await this.#account(deps, of, restaurantId)).keys
  }

  /** Its keys were changed: the next payment asks for them anew. Other isolates know within seconds. */
  forget(restaurantId: string): void {
    for (const of of Object.keys(KEYS_OF))
      this.#known.delete(`${of}/${restaurantKeyOf(restaurantId)}`)
  }

  async #account(
    deps: AccountDeps,
    of: RemoteProvider,
    restaurantId: string,
    kept?: SealedSecrets,
  ): Promise<Account> {
    if (KEYS_OF[of].length === 0 || isPlatformId(restaurantId)) return NO_OWN
    const name = `${of}/${restaurantKeyOf(restaurantId)}`
    const known = kept === undefined ? this.#known.get(name) : undefined
    if (known !== undefined && known.until > this.#now()) return known
    const sealed = kept ?? (await askFor(deps, KEYS_OF[of], restaurantId))
    const account = sealed === null ? NO_OWN : await openAccount(deps, KEYS_OF[of], sealed)
    if (account.shut)
      deps.log({ level: 'error', kind: 'account-keys-not-opened', provider: of, restaurantId })
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear()
    this.#known.set(name, { ...account, until: this.#now() + REMEMBERED_MS })
    return account
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

async function openAccount(
  { secretBox }: AccountDeps,
  names: readonly SecretName[],
  { restaurantId, sealed }: SealedSecrets,
): Promise<Account> {
  if (Object.keys(sealed).length === 0) return NO_OWN
  const opened = await Promise.all(
    names.map(async (name) => {
      const text = sealed[name]
      const context = secretContext(restaurantId, name)
      return [name, text === undefined ? null : await secretBox.open(text, context)] as const
    }),
  )
  return {
    keys: Object.fromEntries(opened.filter(([, value]) => value !== null)),
    shut: opened.some(([name, value]) => value === null && sealed[name] !== undefined),
  }
}
