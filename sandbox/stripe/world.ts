import { createStripeSandbox, type StripeSandbox } from './app.ts'
import { createStripeControl } from './control.ts'
import { createStripeDeliveries } from './deliveries.ts'
import { createStripeFaults, type StripeFaultRule } from './faults.ts'
import { createSqliteStripeStore } from './store.ts'

export interface StripeWorldOptions {
  sql: SqlStorage
  /** Origin of the app that hears of what happens. */
  appUrl: string
  origin: string
  now: () => number
  /** A word that is kept over restarts. */
  note: (name: string) => string | null
  writeNote: (name: string, value: string) => void
  /** Sends what is due. */
  deliver: () => void
}

const FAULTS = 'stripe_faults'

/** Stripe with its memory, its webhooks and its controls. */
export function openStripeWorld(options: StripeWorldOptions) {
  const { sql, now, origin } = options
  const deliveries = createStripeDeliveries({
    sql,
    url: new URL('/api/v1/payments/webhook/stripe', options.appUrl).href,
    now,
    fetch: (request) => fetch(request),
  })
  const faults = createStripeFaults(
    JSON.parse(options.note(FAULTS) ?? '[]') as StripeFaultRule[],
    (rules) => options.writeNote(FAULTS, JSON.stringify(rules)),
  )
  const sandbox: StripeSandbox = createStripeSandbox({
    store: createSqliteStripeStore(sql),
    now,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    faults,
    origin,
    sendWebhook(event, delayMs) {
      deliveries.add(event, delayMs)
      if (delayMs === 0) options.deliver()
    },
  })
  return { sandbox, deliveries, control: createStripeControl(sandbox, faults) }
}

export type StripeWorld = ReturnType<typeof openStripeWorld>
