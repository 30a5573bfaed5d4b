import type { RegistryEntry } from '../../db/repositories/ports.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { mintRandomId, mintRestaurantKey, restaurantKeyOf } from '../../domain/ids.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { checkSettings } from '../../domain/restaurant/check-settings.ts'
import {
  defaultSettings,
  type RestaurantSettings,
  type RestaurantState,
} from '../../domain/restaurant/settings.ts'
import type { Deps } from '../deps.ts'
import { finishRestaurant } from './finish-restaurant.ts'
import { checkSecrets, sealSecrets, type GivenSecret } from './seal-secrets.ts'

/** Two restaurants minting the same 48 bits is next to never; three times in a row is a fault. */
const MINT_ATTEMPTS = 3

export interface NewRestaurant {
  ownerId: string
  /** What is left out takes the defaults. */
  settings: Partial<RestaurantSettings> & { name: string }
  idempotency: { key: string; fingerprint: string } | null
  secrets?: readonly GivenSecret[]
}

type Created =
  { ok: true; value: RestaurantState; replayed: boolean } | { ok: false; refusal: Refusal }

/**
 * An owner opens a restaurant: registered first, then its object is set up. What dies in between is
 * finished by a repeat with the same key, or by cron.
 */
export async function createRestaurant(deps: Deps, wanted: NewRestaurant): Promise<Created> {
  const settings = defaultSettings(wanted.settings)
  const secrets = wanted.secrets ?? []
  const errors = [...checkSettings(settings), ...checkSecrets(deps, secrets)]
  if (errors.length > 0) return refuse({ kind: 'INVALID', errors })
  return deps.toTheEnd(async () => {
    const created = await register(deps, wanted, settings)
    if (!created.ok) return created
    const kept = await entrust(deps, created.value.id, secrets, created.replayed)
    return kept.ok ? created : kept
  })
}

async function register(
  deps: Deps,
  wanted: NewRestaurant,
  settings: RestaurantSettings,
): Promise<Created> {
  const seen = await seenBefore(deps, wanted)
  if (seen !== null) return finished(deps, seen)
  for (let attempt = 1; attempt <= MINT_ATTEMPTS; attempt += 1) {
    const entry = newEntry(deps, wanted.ownerId, settings)
    const { key = null, fingerprint = '' } = wanted.idempotency ?? {}
    if (await deps.registry.register(entry, key, fingerprint))
      return finished(deps, { ok: true, value: entry, replayed: false })
    // Either the minted key is taken, or the same request has just won elsewhere.
    const won = await seenBefore(deps, wanted)
    if (won !== null) return finished(deps, won)
  }
  throw new Error(`no free restaurant key in ${MINT_ATTEMPTS} attempts`)
}

type Registered =
  { ok: true; value: RegistryEntry; replayed: boolean } | { ok: false; refusal: Refusal }

async function seenBefore(
  deps: Deps,
  { ownerId, idempotency }: NewRestaurant,
): Promise<Registered | null> {
  if (idempotency === null) return null
  const seen = await deps.registry.byIdempotencyKey(ownerId, idempotency.key)
  if (seen === null) return null
  return seen.fingerprint === idempotency.fingerprint
    ? { ok: true, value: seen.entry, replayed: true }
    : refuse({ kind: 'IDEMPOTENCY_KEY_REUSED' })
}

function newEntry(deps: Deps, ownerId: string, settings: RestaurantSettings): RegistryEntry {
  const id = mintRandomId(mintRestaurantKey(deps.random), deps.random)
  const createdAt = deps.now()
  return { id, key: restaurantKeyOf(id), ownerId, settings, createdAt, initializedAt: null }
}

/** A repeat says what was first answered, however the restaurant has been edited since. */
async function finished(deps: Deps, registered: Registered): Promise<Created> {
  if (!registered.ok) return registered
  const { value: entry, replayed } = registered
  if (entry.initializedAt === null) await finishRestaurant(deps, entry)
  const { id, settings, createdAt } = entry
  return { ok: true, value: { ...settings, id, epoch: 1, menuVersion: 1, createdAt }, replayed }
}

/** A repeat finishes what died half-way, and never undoes what has been entered since. */
async function entrust(
  deps: Deps,
  restaurantId: string,
  secrets: readonly GivenSecret[],
  replayed: boolean,
): Promise<Result<null, Refusal>> {
  if (secrets.length === 0 || (replayed && (await hasSecrets(deps, restaurantId)))) return ok(null)
  const sealed = await sealSecrets(deps, restaurantId, secrets)
  if (!sealed.ok) throw new Error('secrets that were checked were refused')
  const kept = await deps.restaurants(restaurantId).execute<'edit-restaurant'>({
    command: { type: 'edit-restaurant', changes: {}, secrets: sealed.value },
    asker: SYSTEM,
    idempotency: null,
    traceId: null,
  })
  if (kept.ok) return ok(null)
  // It died half-way, and guests have been paying over the deployment's account since.
  if (kept.refusal.kind === 'PAYMENTS_OPEN') return kept
  throw new Error(`secrets were not kept: ${kept.refusal.kind}`)
}

async function hasSecrets(deps: Deps, restaurantId: string): Promise<boolean> {
  const read = await deps.restaurants(restaurantId).query<'own-restaurant'>({
    query: { type: 'own-restaurant' },
    asker: SYSTEM,
  })
  return read.ok && read.value.secrets.length > 0
}
