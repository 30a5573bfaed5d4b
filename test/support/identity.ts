import { env } from 'cloudflare:workers'
import { exportJWK, generateKeyPair } from 'jose'
import { createErasures } from '../../src/db/repositories/erasures.ts'
import { createPersonalData } from '../../src/db/repositories/personal-data.ts'
import { createAccountRepository } from '../../src/db/repositories/accounts.ts'
import { createAlerting } from '../../src/db/repositories/alerting.ts'
import { createAuditTrail } from '../../src/db/repositories/audit.ts'
import { createCouponCodes } from '../../src/db/repositories/coupon-codes.ts'
import { createCouponIndex } from '../../src/db/repositories/coupon-index.ts'
import { createAttemptRepository } from '../../src/db/repositories/attempts.ts'
import { createCheckoutRepository } from '../../src/db/repositories/cart-checkouts.ts'
import { createCartRepository } from '../../src/db/repositories/carts.ts'
import { createCatalogue } from '../../src/db/repositories/catalogue.ts'
import { createPopularity } from '../../src/db/repositories/popularity.ts'
import { createOrderSearch } from '../../src/db/repositories/order-search.ts'
import { createProductSearch } from '../../src/db/repositories/product-search.ts'
import { createExchangeRates } from '../../src/db/repositories/exchange-rates.ts'
import { createFiguresReader } from '../../src/db/repositories/figures.ts'
import { createGivenUpEvents } from '../../src/db/repositories/feed-dead.ts'
import { createLagReader } from '../../src/db/repositories/lag.ts'
import { createOutbox } from '../../src/db/repositories/outbox.ts'
import { createRetryRuns } from '../../src/db/repositories/retry-runs.ts'
import { createPartnerEndpoints } from '../../src/db/repositories/partner-endpoints.ts'
import { createPartnerFeed } from '../../src/db/repositories/feed.ts'
import { createPartnerNonces } from '../../src/db/repositories/partner-nonces.ts'
import { createPartnerKeys } from '../../src/db/repositories/partner-keys.ts'
import { createPartnerSubscriptions } from '../../src/db/repositories/partner-subscriptions.ts'
import { createPartnerRepository } from '../../src/db/repositories/partners.ts'
import { createPasswordRepository } from '../../src/db/repositories/passwords.ts'
import { createReconciledBooks } from '../../src/db/repositories/reconciled-books.ts'
import { createReconciliations } from '../../src/db/repositories/reconciliations.ts'
import { createRestaurantRegistry } from '../../src/db/repositories/registry.ts'
import { createSettings } from '../../src/db/repositories/settings.ts'
import { createSessionRepository } from '../../src/db/repositories/sessions.ts'
import { createStatistics } from '../../src/db/repositories/statistics.ts'
import { createStaffRepository } from '../../src/db/repositories/staff.ts'
import { createRefundRequests } from '../../src/db/repositories/refund-requests.ts'
import { createSupportActivity } from '../../src/db/repositories/support-activity.ts'
import { createSupportCustomers } from '../../src/db/repositories/support-customers.ts'
import { createSupportNotes } from '../../src/db/repositories/support-notes.ts'
import { createUserRepository } from '../../src/db/repositories/users.ts'
import { createWalletRepository } from '../../src/db/repositories/wallet.ts'
import { createChargeRepository } from '../../src/db/repositories/wallet-charges.ts'
import { createPointsRefundRepository } from '../../src/db/repositories/wallet-refunds.ts'
import { mintRandomId, mintRestaurantKey } from '../../src/domain/ids.ts'
import { defaultSettings } from '../../src/domain/restaurant/settings.ts'
import { createAesSecretBox } from '../../src/providers/aes-secret-box.ts'
import { createJoseTokens, type SigningJwk } from '../../src/providers/jose-tokens.ts'
import { createScryptPasswords } from '../../src/providers/scrypt-passwords.ts'
import { watched } from './log-watch.ts'
import { silentMetrics } from './metrics.ts'
import { tracing } from './tracing.ts'
import type { CommandEnvelope, CommandOutcome } from '../../src/domain/commands.ts'
import type { Mail } from '../../src/providers/mail-port.ts'
import type { PasswordHasher } from '../../src/providers/password-port.ts'
import type { QueueMessage } from '../../src/queues/messages.ts'
import type { LogLine } from '../../src/runtime.ts'
import type { Actor } from '../../src/domain/actor.ts'
import type { Deps } from '../../src/usecases/deps.ts'
import { joinGuest } from '../../src/usecases/identity/join-guest.ts'
import { register } from '../../src/usecases/identity/register.ts'
import type { SignedIn } from '../../src/usecases/identity/session-tokens.ts'
import { Turns } from '../../src/usecases/cart/turns.ts'
import { Arrivals } from '../../src/usecases/outgoing/arrivals.ts'
import { RememberedSettings } from '../../src/usecases/settings/remembered-settings.ts'

export const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

export async function newSigningKey(kid: string): Promise<SigningJwk> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid } as SigningJwk
}

export const newRestaurantId = (): string => mintRandomId(mintRestaurantKey(random), random)
export const idIn = (restaurantId: string): string => mintRandomId(restaurantId.slice(-12), random)

let people = 0
export const newEmail = (): string => `person${(people += 1)}@example.com`
/** A network of nobody else's: what others tried does not count against it. */
export const newNetwork = (): string => `network ${crypto.randomUUID()}`
export const GOOD_PASSWORD = 'mango-river-41'

type Told = CommandEnvelope & { to: string }
type Answer = (told: Told) => CommandOutcome | Promise<CommandOutcome>

/** Real repositories and tokens; a clock that stands still; objects that answer as the test says. */
export async function identityWorld(keys?: SigningJwk[]) {
  const world = {
    now: Date.UTC(2026, 10, 20, 3),
    told: [] as Told[],
    /** Ids of what the caller ordered, as the read model has them. */
    ordered: [] as string[],
    logged: [] as LogLine[],
    sent: [] as QueueMessage[],
    mailed: [] as Mail[],
    /** How many times scrypt ran. */
    hashed: 0,
    answer: (() => ({ ok: true, value: null, replayed: false })) as Answer,
  }
  const scrypt = createScryptPasswords(random, { ln: 4, r: 8, p: 1 })
  const counted = <T>(work: () => Promise<T>): Promise<T> => {
    world.hashed += 1
    return work()
  }
  const passwords: PasswordHasher = {
    hash: (password) => counted(() => scrypt.hash(password)),
    verify: (password, phc) => counted(() => scrypt.verify(password, phc)),
    waste: (password) => counted(() => scrypt.waste(password)),
  }
  const settingChanges = createSettings(env.DB)
  const parts = {
    settings: {
      accessTtlSeconds: 900,
      refreshTtlSeconds: 7 * 24 * 3600,
      guestTtlSeconds: 12 * 3600,
      tabletRefreshTtlSeconds: 90 * 24 * 3600,
      tries: { perAccount: 10, perNetwork: 50, windowSeconds: 900 },
      couponTries: { perAccount: 20, perNetwork: 100, windowSeconds: 3600 },
      linkSecret: 'a secret of the tests, long enough to be one',
      points: { instant: false, cashByStaff: true },
      carts: { guestTtlSeconds: 7 * 24 * 3600, memberTtlSeconds: 30 * 24 * 3600 },
      outgoing: { cardsByDefault: [], discordWebhookUrl: null, publicUrl: null },
    },
    ...tracing,
    now: () => world.now,
    random,
    log: watched((line) => world.logged.push(line)),
    metrics: silentMetrics,
    restaurants: (to: string) => ({
      execute: async (envelope: CommandEnvelope) => {
        world.told.push({ ...envelope, to })
        return world.answer({ ...envelope, to })
      },
    }),
    users: createUserRepository(env.DB),
    audit: createAuditTrail(env.DB),
    people: createAccountRepository(env.DB),
    personalData: createPersonalData(env.DB),
    erasures: createErasures(env.DB),
    sessions: createSessionRepository(env.DB),
    passwordChanges: createPasswordRepository(env.DB),
    attempts: createAttemptRepository(env.DB),
    partners: createPartnerRepository(env.DB),
    partnerKeys: createPartnerKeys(env.DB),
    partnerNonces: createPartnerNonces(env.DB),
    feed: createPartnerFeed(env.DB),
    partnerSubscriptions: createPartnerSubscriptions(env.DB),
    partnerEndpoints: createPartnerEndpoints(env.DB),
    outbox: createOutbox(env.DB),
    retryRuns: createRetryRuns(env.DB),
    givenUpEvents: createGivenUpEvents(env.DB),
    lag: createLagReader(env.DB),
    figures: createFiguresReader(env.DB),
    ...createAlerting(env.DB),
    staff: createStaffRepository(env.DB),
    registry: createRestaurantRegistry(env.DB),
    wallets: createWalletRepository(env.DB),
    charges: createChargeRepository(env.DB),
    pointsRefunds: createPointsRefundRepository(env.DB),
    couponCodes: createCouponCodes(env.DB),
    couponIndex: createCouponIndex(env.DB, () => world.now),
    supportCustomers: createSupportCustomers(env.DB),
    supportActivity: createSupportActivity(env.DB),
    supportNotes: createSupportNotes(env.DB),
    refundRequests: createRefundRequests(env.DB),
    carts: createCartRepository(env.DB),
    cartTurns: new Turns(),
    arrivals: new Arrivals(),
    checkouts: createCheckoutRepository(env.DB),
    reconciliations: createReconciliations(env.DB),
    books: createReconciledBooks(env.DB),
    orderSearch: createOrderSearch(env.DB),
    statistics: createStatistics(env.DB),
    catalogue: createCatalogue(env.DB),
    popularity: createPopularity(env.DB),
    productSearch: createProductSearch(env.DB),
    exchangeRates: createExchangeRates(env.DB),
    settingChanges,
    platformSettings: new RememberedSettings({
      now: () => world.now,
      log: watched((line) => world.logged.push(line)),
      stored: () => settingChanges.stored(),
    }),
    orderIndex: {
      byUser: () => Promise.resolve({ orders: world.ordered.map((id) => ({ id })), asOf: 0 }),
      bySession: () => Promise.resolve({ orders: world.ordered.map((id) => ({ id })), asOf: 0 }),
    },
    tokens: createJoseTokens(keys ?? [await newSigningKey('first')]),
    passwords,
    secretBox: createAesSecretBox([{ id: 'tests', key: 'a'.repeat(43) }], random),
    mail: {
      send: (mail: Mail) => {
        world.mailed.push(mail)
        return Promise.resolve()
      },
    },
    send: (message: QueueMessage) => {
      world.sent.push(message)
      return Promise.resolve()
    },
    /** Nobody waits: the clock is the test's. */
    pause: (ms: number) => {
      world.now += ms
      return Promise.resolve()
    },
    toTheEnd: <T>(work: () => Promise<T>) => work(),
  }
  return { world, deps: parts as unknown as Deps }
}

/** Registers a restaurant of the owner's in the registry; its object is not asked. */
export async function openRestaurant(deps: Deps, ownerId: string): Promise<string> {
  const id = newRestaurantId()
  const entry = {
    id,
    key: id.slice(-12),
    ownerId,
    settings: defaultSettings({ name: '맛있는 치킨집' }),
    createdAt: deps.now(),
    initializedAt: deps.now(),
  }
  await deps.registry.register(entry, null, 'fingerprint')
  return id
}

/** A new member, logged in. */
export async function registered(
  deps: Deps,
  role: 'CUSTOMER' | 'OWNER' = 'CUSTOMER',
): Promise<SignedIn> {
  const result = await register(deps, {
    email: newEmail(),
    password: GOOD_PASSWORD,
    name: '김민수',
    role,
  })
  if (!result.ok) throw new Error(`refused: ${result.refusal.kind}`)
  return result.value
}

/** The token of a new guest without a table. */
export async function browsingToken(deps: Deps): Promise<string> {
  const joined = await joinGuest(deps, { caller: null, scan: null, traceId: null })
  if (!joined.ok) throw new Error(`refused: ${joined.refusal.kind}`)
  return joined.value.accessToken
}

export async function actorOf(deps: Deps, token: string): Promise<Actor> {
  const verified = await deps.tokens.verify('access', token, deps.now())
  if (!verified) throw new Error('not a token')
  return verified.actor
}

/** The same parts, but any question to D1 about sessions fails. */
export function unreachableD1(deps: Deps): Deps {
  const asked = () => Promise.reject(new Error('D1 was asked'))
  return { ...deps, sessions: { ...deps.sessions, byId: asked, isGuestEnded: asked } }
}
