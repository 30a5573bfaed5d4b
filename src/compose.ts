import { countedDatabase } from './db/counted-database.ts'
import { databaseAnswers } from './db/ready.ts'
import { createProjector } from './db/projector.ts'
import { createAttemptRepository } from './db/repositories/attempts.ts'
import { createErasures } from './db/repositories/erasures.ts'
import { createPersonalData } from './db/repositories/personal-data.ts'
import { createAccountRepository } from './db/repositories/accounts.ts'
import { createAlerting } from './db/repositories/alerting.ts'
import { createAuditTrail } from './db/repositories/audit.ts'
import { createCouponCodes } from './db/repositories/coupon-codes.ts'
import { createCouponIndex } from './db/repositories/coupon-index.ts'
import { createCheckoutRepository } from './db/repositories/cart-checkouts.ts'
import { createCartRepository } from './db/repositories/carts.ts'
import { createCatalogue } from './db/repositories/catalogue.ts'
import { createFiguresReader } from './db/repositories/figures.ts'
import { createExchangeRates } from './db/repositories/exchange-rates.ts'
import { createDeliveries } from './db/repositories/deliveries.ts'
import { createDeadLetters } from './db/repositories/dead-letters.ts'
import { createGivenUpEvents } from './db/repositories/feed-dead.ts'
import { createLagReader } from './db/repositories/lag.ts'
import { createOutbox } from './db/repositories/outbox.ts'
import { createRetryRuns } from './db/repositories/retry-runs.ts'
import { createOrderIndex } from './db/repositories/order-index.ts'
import { createOrderSearch } from './db/repositories/order-search.ts'
import { createProductSearch } from './db/repositories/product-search.ts'
import { createPartnerEndpoints } from './db/repositories/partner-endpoints.ts'
import { createPartnerFeed } from './db/repositories/feed.ts'
import { createPartnerNonces } from './db/repositories/partner-nonces.ts'
import { createPartnerKeys } from './db/repositories/partner-keys.ts'
import { createPartnerSubscriptions } from './db/repositories/partner-subscriptions.ts'
import { createPartnerRepository } from './db/repositories/partners.ts'
import { createPasswordRepository } from './db/repositories/passwords.ts'
import { createPopularity } from './db/repositories/popularity.ts'
import { createRebuildRepository } from './db/repositories/rebuilds.ts'
import { createRestoreRepository } from './db/repositories/restores.ts'
import { createFeedMending } from './db/repositories/feed-mending.ts'
import { createReconciledBooks } from './db/repositories/reconciled-books.ts'
import { createReconciliations } from './db/repositories/reconciliations.ts'
import { createRestaurantRegistry } from './db/repositories/registry.ts'
import { createSettings } from './db/repositories/settings.ts'
import { createSessionRepository } from './db/repositories/sessions.ts'
import { createStatistics } from './db/repositories/statistics.ts'
import { createStaffRepository } from './db/repositories/staff.ts'
import { createRefundRequests } from './db/repositories/refund-requests.ts'
import { createSupportActivity } from './db/repositories/support-activity.ts'
import { createSupportCustomers } from './db/repositories/support-customers.ts'
import { createSupportNotes } from './db/repositories/support-notes.ts'
import { createUserRepository } from './db/repositories/users.ts'
import { createWalletRepository } from './db/repositories/wallet.ts'
import { createChargeRepository } from './db/repositories/wallet-charges.ts'
import { createPointsRefundRepository } from './db/repositories/wallet-refunds.ts'
import { parseConfig, type Config, type Env } from './env.ts'
import { forEvent, type Lasting, type Waiting } from './event-deps.ts'
import { createDataPlatform } from './providers/data-platform/data-platform.ts'
import { createAesSecretBox } from './providers/aes-secret-box.ts'
import { createJoseTokens } from './providers/jose-tokens.ts'
import { createR2Images } from './providers/r2-images.ts'
import { createNotifiers } from './providers/notify/notifiers.ts'
import { createHttpMail } from './providers/mail/http-gateway.ts'
import { createPushSender } from './providers/push/push-sender.ts'
import { rememberTokens } from './providers/remembered-tokens.ts'
import { createScryptPasswords } from './providers/scrypt-passwords.ts'
import { createAdapters } from './providers/adapters.ts'
import type { PayActionAccount } from './providers/payaction/account.ts'
import { createDepositReader } from './providers/payaction/webhook.ts'
import type { StripeSettings } from './providers/stripe/account.ts'
import { createStripeDesk } from './providers/stripe/stripe-desk.ts'
import { unavailable } from './providers/unavailable.ts'
import { parseTossWebhook } from './providers/toss/webhook.ts'
import type { Metrics } from './metrics/metrics-port.ts'
import { createRecorder } from './metrics/recorder.ts'
import { UnderWay } from './restaurant/under-way.ts'
import type { Sink } from './domain/restaurant/secrets.ts'
import type { Runtime } from './runtime.ts'
import type { Deps } from './usecases/deps.ts'
import { Turns } from './usecases/cart/turns.ts'
import { RememberedSettings } from './usecases/settings/remembered-settings.ts'
import { Publisher } from './usecases/jobs/publisher.ts'
import { Arrivals } from './usecases/outgoing/arrivals.ts'
import { createWalletProvider } from './usecases/wallet/wallet-provider.ts'
import { ProviderAccounts } from './usecases/payments/provider-accounts.ts'

export interface Composed {
  config: Config
  deps: Deps
}

/**
 * Makes the Deps of one event (request, batch, cron). Settings are parsed once per isolate; a bad
 * environment throws on the first event, naming what is wrong with it.
 */
export function createComposer(runtime: Runtime): (env: Env, event: Waiting) => Composed {
  const publisher = new Publisher((ms) => runtime.pause?.(ms) ?? Promise.resolve())
  const known = new WeakMap<Env, { config: Config; lasting: Lasting }>()
  return (env, event) => {
    const present = known.get(env)
    if (present)
      return { config: present.config, deps: forEvent(present.lasting, publisher, env, event) }
    const config = parseConfig(env)
    const metrics = createRecorder(env.METRICS, runtime)
    const counted = { ...env, DB: databaseOf(env, metrics) }
    const lasting = { ...composeLasting(counted, config, runtime), metrics }
    known.set(env, { config, lasting })
    return { config, deps: forEvent(lasting, publisher, env, event) }
  }
}

const databaseOf = (env: Env, metrics: Metrics): D1Database =>
  countedDatabase(env.DB, {
    asked: (kind) => metrics.count('db_queries_total', { kind }),
    failed: (trouble) => metrics.count('db_failures_total', { trouble }),
  })

function composeLasting(env: Env, config: Config, runtime: Runtime): Omit<Lasting, 'metrics'> {
  const clock = { now: () => runtime.now(), random: (length: number) => runtime.random(length) }
  const wallets = createWalletRepository(env.DB)
  return {
    settings: {
      accessTtlSeconds: config.JWT_ACCESS_TTL,
      refreshTtlSeconds: config.JWT_REFRESH_TTL,
      guestTtlSeconds: config.GUEST_TTL,
      tabletRefreshTtlSeconds: config.TABLET_REFRESH_TTL,
      tries: triesOf(config),
      couponTries: couponTriesOf(config),
      linkSecret: config.LINK_SECRET,
      points: { instant: config.POINTS_INSTANT, cashByStaff: config.POINTS_CASH_BY_STAFF },
      carts: { guestTtlSeconds: config.CART_TTL, memberTtlSeconds: config.CART_TTL_MEMBER },
      outgoing: {
        cardsByDefault: cardsByDefault(config),
        discordWebhookUrl: config.DISCORD_WEBHOOK_URL ?? null,
        publicUrl: config.PUBLIC_URL ?? null,
      },
    },
    ...clock,
    log: (line) => runtime.log(line),
    ...settingParts(env.DB, runtime),
    users: createUserRepository(env.DB),
    audit: createAuditTrail(env.DB),
    people: createAccountRepository(env.DB),
    personalData: createPersonalData(env.DB),
    erasures: createErasures(env.DB),
    sessions: createSessionRepository(env.DB),
    passwordChanges: createPasswordRepository(env.DB),
    attempts: createAttemptRepository(env.DB),
    ...partnerParts(env.DB),
    ...supportParts(env.DB),
    staff: createStaffRepository(env.DB),
    registry: createRestaurantRegistry(env.DB),
    orderIndex: createOrderIndex(env.DB, () => runtime.now()),
    orderSearch: createOrderSearch(env.DB),
    statistics: createStatistics(env.DB),
    ...catalogueParts(env.DB),
    projector: createProjector(env.DB, {
      cardsByDefault: cardsByDefault(config),
      dataPlatform: config.DATA_PLATFORM_URL !== undefined,
    }),
    rebuilds: createRebuildRepository(env.DB),
    restores: createRestoreRepository(env.DB),
    feedMending: createFeedMending(env.DB),
    deadLetters: createDeadLetters(env.DB),
    ...outgoingParts(env.DB),
    figures: createFiguresReader(env.DB),
    ...createAlerting(env.DB),
    couponCodes: createCouponCodes(env.DB),
    couponIndex: createCouponIndex(env.DB, () => runtime.now()),
    wallets,
    charges: createChargeRepository(env.DB),
    pointsRefunds: createPointsRefundRepository(env.DB),
    carts: createCartRepository(env.DB),
    cartTurns: new Turns(),
    arrivals: new Arrivals(),
    underWay: new UnderWay(clock.now),
    checkouts: createCheckoutRepository(env.DB),
    reconciliations: createReconciliations(env.DB),
    books: createReconciledBooks(env.DB),
    tokens: rememberTokens(createJoseTokens(config.JWT_KEYS)),
    passwords: createScryptPasswords((length) => runtime.random(length)),
    mail: mailOf(config, runtime),
    webhooks: { toss: parseTossWebhook, deposits: createDepositReader(mallOf(config)) },
    stripe: createStripeDesk(stripeOf(config), runtime),
    accounts: accountsOf(config, runtime, { wallets, ...clock }),
    images: createR2Images(env.IMAGES),
    secretBox: createAesSecretBox(config.ENCRYPTION_KEYS, (length) => runtime.random(length)),
    notifiers: createNotifiers({
      fetch: (request) => runtime.fetch(request),
      now: clock.now,
      localOrigin: config.NOTIFY_LOCAL_ORIGIN,
      mail: mailOf(config, runtime),
    }),
    pushes: createPushSender({
      fetch: (request) => runtime.fetch(request),
      now: clock.now,
      localOrigin: config.NOTIFY_LOCAL_ORIGIN,
    }),
    dataPlatform: platformOf(config, runtime),
    pause: (ms) => runtime.pause?.(ms) ?? Promise.resolve(),
    ready: () => databaseAnswers(env.DB),
    send: async (message, delaySeconds) => {
      await env.JOBS.send(message, delaySeconds === undefined ? {} : { delaySeconds })
    },
  }
}

const settingParts = (database: D1Database, runtime: Runtime) => {
  const settingChanges = createSettings(database)
  const platformSettings = new RememberedSettings({
    now: () => runtime.now(),
    log: (line) => {
      runtime.log(line)
    },
    stored: () => settingChanges.stored(),
  })
  return { settingChanges, platformSettings }
}

const catalogueParts = (database: D1Database) => ({
  catalogue: createCatalogue(database),
  popularity: createPopularity(database),
  productSearch: createProductSearch(database),
  exchangeRates: createExchangeRates(database),
})

/** What leaves the platform, and how far behind it is. */
const outgoingParts = (database: D1Database) => ({
  deliveries: createDeliveries(database),
  outbox: createOutbox(database),
  retryRuns: createRetryRuns(database),
  givenUpEvents: createGivenUpEvents(database),
  lag: createLagReader(database),
})

/** Partner systems, and what they are handed out. */
const partnerParts = (database: D1Database) => ({
  partners: createPartnerRepository(database),
  partnerKeys: createPartnerKeys(database),
  partnerNonces: createPartnerNonces(database),
  partnerSubscriptions: createPartnerSubscriptions(database),
  partnerEndpoints: createPartnerEndpoints(database),
  feed: createPartnerFeed(database),
})

/** What support reads, and what is kept of it. */
const supportParts = (database: D1Database) => ({
  supportCustomers: createSupportCustomers(database),
  supportActivity: createSupportActivity(database),
  supportNotes: createSupportNotes(database),
  refundRequests: createRefundRequests(database),
})

const accountsOf = (
  config: Config,
  runtime: Runtime,
  wallet: Parameters<typeof createWalletProvider>[0],
): ProviderAccounts =>
  new ProviderAccounts(
    { ...adaptersOf(config, runtime), wallet: () => createWalletProvider(wallet) },
    unavailable,
    () => runtime.now(),
  )

const adaptersOf = (config: Config, runtime: Runtime) =>
  createAdapters(
    {
      toss: { baseUrl: config.TOSS_API_BASE_URL, secretKey: config.TOSS_SECRET_KEY },
      stripe: stripeOf(config),
      payaction: {
        baseUrl: config.PAYACTION_API_BASE_URL,
        excludePath: config.PAYACTION_EXCLUDE_PATH,
        account: mallOf(config),
      },
    },
    runtime,
  )

/** In development a hundred times as many, as all limits. */
function triesOf(config: Config): Deps['settings']['tries'] {
  const factor = config.ENVIRONMENT === 'development' ? 100 : 1
  return {
    perAccount: config.LOGIN_TRIES_PER_ACCOUNT ?? 10 * factor,
    perNetwork: config.LOGIN_TRIES_PER_IP ?? 50 * factor,
    windowSeconds: config.LOGIN_TRIES_WINDOW,
  }
}

function couponTriesOf(config: Config): Deps['settings']['couponTries'] {
  const factor = config.ENVIRONMENT === 'development' ? 100 : 1
  return {
    perAccount: config.COUPON_TRIES_PER_ACCOUNT ?? 20 * factor,
    perNetwork: config.COUPON_TRIES_PER_IP ?? 100 * factor,
    windowSeconds: config.COUPON_TRIES_WINDOW,
  }
}

function stripeOf(config: Config): StripeSettings {
  const { STRIPE_API_BASE_URL: baseUrl, STRIPE_JS_URL: scriptUrl } = config
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_PUBLISHABLE_KEY: publishableKey } = config
  const { STRIPE_WEBHOOK_SECRET: webhookSecret } = config
  const complete =
    secretKey !== undefined && publishableKey !== undefined && webhookSecret !== undefined
  return {
    baseUrl,
    scriptUrl,
    account: complete ? { secretKey, publishableKey, webhookSecret } : null,
  }
}

/** The deployment's own mall at PayAction. */
function mallOf(config: Config): PayActionAccount | null {
  const { PAYACTION_MALL_ID: mallId, PAYACTION_API_KEY: apiKey } = config
  const { PAYACTION_WEBHOOK_KEY: webhookKey } = config
  if (mallId === undefined || apiKey === undefined || webhookKey === undefined) return null
  return { mallId, apiKey, webhookKey }
}

function mailOf(config: Config, runtime: Runtime): Deps['mail'] {
  const { MAIL_GATEWAY_URL: url, MAIL_GATEWAY_KEY: key, MAIL_FROM: from } = config
  if (url === undefined || key === undefined || from === undefined) return null
  return createHttpMail({ url, key, from, fetch: (request) => runtime.fetch(request) })
}

const cardsByDefault = ({ DISCORD_WEBHOOK_URL: url }: Config): readonly Sink[] =>
  url === undefined ? [] : ['discord']

function platformOf(config: Config, runtime: Runtime): Deps['dataPlatform'] {
  const { DATA_PLATFORM_URL: url, DATA_PLATFORM_KEY: key } = config
  if (url === undefined || key === undefined) return null
  const fetch: Runtime['fetch'] = (request) => runtime.fetch(request)
  return createDataPlatform({ url, key, fetch, now: () => runtime.now() })
}
