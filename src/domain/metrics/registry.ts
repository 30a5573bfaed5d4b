interface Described {
  help: string
  labels: readonly string[]
}
export interface CounterDefinition extends Described {
  type: 'counter'
  /** The labels by which its last minutes are kept apart; left out: they are not kept. */
  minutely?: readonly string[]
}
export interface HistogramDefinition extends Described {
  type: 'histogram'
  /** Upper bounds, in seconds. */
  bounds: readonly number[]
  minutely?: readonly string[]
}
export interface GaugeDefinition extends Described {
  type: 'gauge'
}
export type Definition = CounterDefinition | HistogramDefinition | GaugeDefinition

/** Requests: the limits that alerts ask about (0.5 s, 2 s) are bounds, so that they are exact there. */
export const REQUEST_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30] as const
const CALL_BOUNDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const

/** What is counted where it happens: added up over all isolates, and never going back. */
const COUNTED = {
  http_requests_total: {
    type: 'counter',
    help: 'Requests answered, by route template.',
    labels: ['method', 'route', 'status'],
    // A request's class is made of its status.
    minutely: ['class'],
  },
  http_request_duration_seconds: {
    type: 'histogram',
    help: 'From the arrival of a request to its answer.',
    labels: ['method', 'route'],
    bounds: REQUEST_BOUNDS,
    minutely: [],
  },
  order_place_seconds: {
    type: 'histogram',
    help: 'How long placing an order took, by what became of it.',
    labels: ['outcome'],
    bounds: REQUEST_BOUNDS,
    minutely: ['outcome'],
  },
  db_queries_total: {
    type: 'counter',
    help: 'Statements sent to D1, by kind.',
    labels: ['kind'],
    minutely: [],
  },
  db_failures_total: {
    type: 'counter',
    help: 'Calls of D1 that failed: lost, busy, failed (its own trouble), or statement (ours).',
    labels: ['trouble'],
    minutely: ['trouble'],
  },
  cache_hits_total: {
    type: 'counter',
    help: 'Reads that a cache could answer: hit, miss, or stale (a kept answer while ours failed).',
    labels: ['cache', 'outcome'],
  },
  refusals_total: {
    type: 'counter',
    help: 'Requests that were refused, by kind of refusal.',
    labels: ['reason'],
  },
  rate_limited_total: {
    type: 'counter',
    help: 'Calls over a limit, by limit.',
    labels: ['limit'],
    minutely: ['limit'],
  },
  queue_messages_total: {
    type: 'counter',
    help: 'Queue messages handled (done), put off (failed) or kept as dead letters.',
    labels: ['what', 'outcome'],
    minutely: ['outcome'],
  },
  cron_runs_total: {
    type: 'counter',
    help: 'Runs of scheduled jobs.',
    labels: ['job', 'outcome'],
  },
  cron_last_success_timestamp_seconds: {
    type: 'gauge',
    help: 'When a scheduled job last ended well.',
    labels: ['job'],
  },
  deliveries_total: {
    type: 'counter',
    help: 'Tries to send what a destination is owed: sent, failed (tried again), dead or skipped.',
    labels: ['destination', 'outcome'],
    minutely: ['outcome'],
  },
  provider_calls_total: {
    type: 'counter',
    help: 'Calls of payment providers, by what they came to.',
    labels: ['provider', 'call', 'outcome'],
    minutely: ['provider', 'call', 'outcome'],
  },
  provider_call_duration_seconds: {
    type: 'histogram',
    help: 'How long payment providers took.',
    labels: ['provider', 'call'],
    bounds: CALL_BOUNDS,
  },
  payments_completed_total: {
    type: 'counter',
    help: 'Orders that were paid in full, as their events were taken into the read model.',
    labels: ['method'],
    minutely: [],
  },
  orders_unseen_total: {
    type: 'counter',
    help: 'Orders that rang for too long with nobody looking, as their events were taken in.',
    labels: [],
    minutely: [],
  },
  scan_to_paid_seconds: {
    type: 'histogram',
    help: 'From the scan of a table to the first order of the visit being paid.',
    labels: [],
    bounds: [30, 60, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200],
    minutely: [],
  },
  sockets_opened_total: {
    type: 'counter',
    help: 'Sockets that were accepted: of guests (order) and of boards (restaurant).',
    labels: ['watch'],
  },
  sockets_open: {
    type: 'gauge',
    help: 'Sockets that are open, of staff and of guests, as restaurants told half a minute ago.',
    labels: ['of'],
  },
  restaurants_listening: {
    type: 'gauge',
    help: 'Restaurants of which staff have a socket open.',
    labels: [],
  },
} as const satisfies Record<string, Definition>

/** What the platform's tables say at the moment of a scrape: exact, whoever counted or did not. */
const TOLD = {
  orders_placed_total: {
    type: 'counter',
    help: 'Orders that were ever placed.',
    labels: [],
  },
  orders_total: {
    type: 'counter',
    help: 'Orders that have ended, by how: COMPLETED, REJECTED, CANCELLED or EXPIRED.',
    labels: ['status'],
  },
  orders_open: {
    type: 'gauge',
    help: 'Orders that go on, by status.',
    labels: ['status'],
  },
  revenue_total: {
    type: 'counter',
    help: 'Money captured for orders, in minor units; what went back is in refunds_total.',
    labels: ['currency'],
  },
  refunds_total: {
    type: 'counter',
    help: 'Money paid back of orders, in minor units.',
    labels: ['currency'],
  },
  coupons: {
    type: 'gauge',
    help: 'Coupons that can be claimed (live), are claimed to the last (exhausted), or have ended (over).',
    labels: ['state'],
  },
  coupon_claims: {
    type: 'gauge',
    help: 'Claims of coupons, by status.',
    labels: ['status'],
  },
  stock_items: {
    type: 'gauge',
    help: 'Items of menus that run low or are sold out.',
    labels: ['state'],
  },
  wallets: {
    type: 'gauge',
    help: 'Accounts that have or had points.',
    labels: [],
  },
  wallet_movements_total: {
    type: 'counter',
    help: 'Movements of points, by type.',
    labels: ['type'],
  },
  wallet_points_total: {
    type: 'counter',
    help: 'Points moved, by type.',
    labels: ['type'],
  },
  outbox_backlog: {
    type: 'gauge',
    help: 'Deliveries that wait to be sent, by kind of destination; 5000 in all at most.',
    labels: ['destination'],
  },
  outbox_lag_seconds: {
    type: 'gauge',
    help: 'How long the oldest of them has been waiting.',
    labels: ['destination'],
  },
  outbox_dead: {
    type: 'gauge',
    help: 'Deliveries that were given up and not sent again; 5000 in all at most.',
    labels: ['destination'],
  },
  dead_letters: {
    type: 'gauge',
    help: 'Queue messages that were given up and not sent again; 5000 in all at most.',
    labels: ['kind'],
  },
  feed_restaurants_behind: {
    type: 'gauge',
    help: 'Restaurants whose feed to partners is behind the read model.',
    labels: [],
  },
  reconciliation_differences: {
    type: 'gauge',
    help: 'Differences between the books that nobody has resolved.',
    labels: [],
  },
  platform_database_up: {
    type: 'gauge',
    help: 'Whether D1 answered the scrape: 0 means that the figures of its tables are missing.',
    labels: [],
  },
} as const satisfies Record<string, Definition>

export type MetricName = keyof typeof COUNTED
type OfType<T extends Definition['type']> = {
  [N in MetricName]: (typeof COUNTED)[N]['type'] extends T ? N : never
}[MetricName]
export type CounterName = OfType<'counter'>
export type HistogramName = OfType<'histogram'>
export type GaugeName = OfType<'gauge'>
/** Exactly the labels that the registry lists. */
export type LabelsOf<N extends MetricName> = Readonly<
  Record<(typeof COUNTED)[N]['labels'][number], string>
>

/** Every metric there is, in the order in which they are shown. */
export const METRICS: Readonly<Record<string, Definition>> = { ...COUNTED, ...TOLD }

/** The definition of a metric; undefined for what another version counted. */
export const definitionOf = (name: string): Definition | undefined =>
  Object.hasOwn(METRICS, name) ? METRICS[name] : undefined
