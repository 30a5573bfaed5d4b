import type {
  AttemptRepository,
  DeadLetters,
  OrderIndex,
  PasswordRepository,
  Projector,
  RebuildRepository,
  RestaurantRegistry,
  SessionRepository,
  StaffRepository,
  UserRepository,
} from '../db/repositories/ports.ts'
import type {
  PartnerEndpoints,
  PartnerKeys,
  PartnerNonces,
  PartnerRepository,
  PartnerSubscriptions,
} from '../db/repositories/partner-ports.ts'
import type { PartnerFeed } from '../db/repositories/feed-ports.ts'
import type { GivenUpEvents } from '../db/repositories/feed-dead-ports.ts'
import type { FiguresReader } from '../db/repositories/figure-ports.ts'
import type { LagReader } from '../db/repositories/lag-ports.ts'
import type { Outbox, RetryRuns } from '../db/repositories/outbox-ports.ts'
import type {
  AlertChannelRepository,
  AlertMessageRepository,
  AlertReader,
  AlertRepository,
  DeadAgendas,
} from '../db/repositories/alert-ports.ts'
import type { ErasureRepository } from '../db/repositories/erasure-ports.ts'
import type { PersonalData } from '../db/repositories/personal-data-ports.ts'
import type { AccountRepository } from '../db/repositories/account-ports.ts'
import type { AuditTrail } from '../db/repositories/audit-ports.ts'
import type { CartRepository, CheckoutRepository } from '../db/repositories/cart-ports.ts'
import type {
  ChargeRepository,
  PointsRefundRepository,
  WalletRepository,
} from '../db/repositories/wallet-ports.ts'
import type { CouponCodes, CouponIndex } from '../db/repositories/coupon-ports.ts'
import type {
  ReconciledBooks,
  ReconciliationRepository,
} from '../db/repositories/reconciliation-ports.ts'
import type { Catalogue, ExchangeRates } from '../db/repositories/catalogue-ports.ts'
import type { FeedMending, RestoreRepository } from '../db/repositories/restore-ports.ts'
import type { DeliveryRepository } from '../db/repositories/delivery-ports.ts'
import type { Popularity } from '../db/repositories/popularity-ports.ts'
import type { OrderSearch } from '../db/repositories/order-search-ports.ts'
import type { StatisticsReader } from '../db/repositories/statistics-ports.ts'
import type { SettingRepository } from '../db/repositories/setting-ports.ts'
import type { ProductSearch } from '../db/repositories/search-ports.ts'
import type {
  RefundRequests,
  SupportActivityLog,
  SupportCustomers,
  SupportNotes,
} from '../db/repositories/support-ports.ts'
import type { DataPlatform } from '../providers/data-platform-port.ts'
import type { ImageStore } from '../providers/image-port.ts'
import type { MailSender } from '../providers/mail-port.ts'
import type { AccountKeys, PaymentProvider, WebhookReaders } from '../providers/payment-port.ts'
import type { StripeDesk } from '../providers/stripe-port.ts'
import type { RemoteProvider } from '../domain/payment/payment.ts'
import type { Notifier } from '../providers/notify-port.ts'
import type { PushSender } from '../providers/push-port.ts'
import type { PasswordHasher } from '../providers/password-port.ts'
import type { SecretBox } from '../providers/secret-box-port.ts'
import type { TokenService } from '../providers/token-port.ts'
import type { QueueMessage } from '../queues/messages.ts'
import type { SealedSecrets, Sink } from '../domain/restaurant/secrets.ts'
import type { Metrics } from '../metrics/metrics-port.ts'
import type { Restaurants } from '../restaurant/restaurant-port.ts'
import type { LogLine } from '../runtime.ts'
import type { Turns } from './cart/turns.ts'
import type { Arrivals } from './outgoing/arrivals.ts'
import type { SettingsReader } from './settings/remembered-settings.ts'

interface Tries {
  perAccount: number
  perNetwork: number
  windowSeconds: number
}

/** Everything a use case may touch. compose.ts makes it; tests bring their own parts. */
export interface Deps {
  settings: {
    accessTtlSeconds: number
    refreshTtlSeconds: number
    guestTtlSeconds: number
    tabletRefreshTtlSeconds: number
    /** Wrong log-ins and the like: so many in a window, which begins with the first. */
    tries: Tries
    /** Coupon codes that there are not, likewise. */
    couponTries: Tries
    /** Signs links that act without a token (`/pay/{order_id}`). */
    linkSecret: string
    /** `instant`: charges need no money. `cashByStaff`: restaurants' staff may take cash for points. */
    points: { instant: boolean; cashByStaff: boolean }
    /** How long a cart is kept after its last change. */
    carts: { guestTtlSeconds: number; memberTtlSeconds: number }
    /**
     * Where orders' cards go of restaurants that say nothing of it, the deployment's own channel, and the
     * origin that links begin with; null = none was set.
     */
    outgoing: {
      cardsByDefault: readonly Sink[]
      discordWebhookUrl: string | null
      publicUrl: string | null
    }
  }
  /** The trace that this event's lines are of, and the order that it turned out to be about. */
  about: { traceId: string | null; orderId: string | null }
  /** As part of that trace: itself when it has none yet, and the same for another part of the event. */
  inTrace(traceId: string): Deps
  now(): number
  random: (length: number) => Uint8Array
  log(line: LogLine): void
  metrics: Metrics
  restaurants: Restaurants
  users: UserRepository
  audit: AuditTrail
  people: AccountRepository
  personalData: PersonalData
  erasures: ErasureRepository
  sessions: SessionRepository
  passwordChanges: PasswordRepository
  attempts: AttemptRepository
  partners: PartnerRepository
  partnerKeys: PartnerKeys
  partnerNonces: PartnerNonces
  feed: PartnerFeed
  arrivals: Arrivals
  partnerSubscriptions: PartnerSubscriptions
  partnerEndpoints: PartnerEndpoints
  staff: StaffRepository
  registry: RestaurantRegistry
  orderIndex: OrderIndex
  orderSearch: OrderSearch
  statistics: StatisticsReader
  catalogue: Catalogue
  popularity: Popularity
  productSearch: ProductSearch
  exchangeRates: ExchangeRates
  projector: Projector
  rebuilds: RebuildRepository
  restores: RestoreRepository
  feedMending: FeedMending
  deadLetters: DeadLetters
  deliveries: DeliveryRepository
  outbox: Outbox
  retryRuns: RetryRuns
  givenUpEvents: GivenUpEvents
  lag: LagReader
  /** What the platform's tables say, as metrics. */
  figures: FiguresReader
  /** What is watched over, where that stands, and who is told. */
  alerts: AlertRepository
  alertReader: AlertReader
  alertChannels: AlertChannelRepository
  alertMessages: AlertMessageRepository
  deadAgendas: DeadAgendas
  couponCodes: CouponCodes
  couponIndex: CouponIndex
  wallets: WalletRepository
  charges: ChargeRepository
  pointsRefunds: PointsRefundRepository
  supportCustomers: SupportCustomers
  supportActivity: SupportActivityLog
  supportNotes: SupportNotes
  refundRequests: RefundRequests
  carts: CartRepository
  /** Of those who change the same cart in this isolate. */
  cartTurns: Turns
  checkouts: CheckoutRepository
  reconciliations: ReconciliationRepository
  books: ReconciledBooks
  /** What people have set for the whole platform while it runs. */
  platformSettings: SettingsReader
  settingChanges: SettingRepository
  tokens: TokenService
  passwords: PasswordHasher
  /** Null where no gateway is set up. */
  mail: MailSender | null
  /** Who moves the money, with the restaurant's own account there, or the deployment's where it has none. */
  provider(
    of: RemoteProvider,
    restaurantId: string,
    /** The keys it has there, where they came along; else its object is asked. */
    kept?: SealedSecrets,
  ): Promise<PaymentProvider>
  /** The restaurant's own keys there; null where it has none and the deployment's count. */
  accountKeys(of: RemoteProvider, restaurantId: string): Promise<AccountKeys | null>
  /** The restaurant's keys were changed: they are asked for anew. */
  forgetAccounts(restaurantId: string): void
  webhooks: WebhookReaders
  stripe: StripeDesk
  images: ImageStore
  secretBox: SecretBox
  notifiers: Record<Sink, Notifier>
  pushes: PushSender
  /** Null where there is none. */
  dataPlatform: DataPlatform | null
  /** Lets so much time pass. */
  pause(ms: number): Promise<void>
  /** Whether the platform database answers in time. */
  ready(): Promise<boolean>
  send(message: QueueMessage, delaySeconds?: number): Promise<void>
  /**
   * Runs work to its end even when the caller goes away (production cancels what is not in
   * `waitUntil`), and gives its result to whoever still listens.
   */
  toTheEnd<T>(work: () => Promise<T>): Promise<T>
}
