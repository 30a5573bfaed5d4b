import { DurableObject } from 'cloudflare:workers'
import { createChat, type ChatStore } from './chat/chat.ts'
import { createSqliteChat } from './chat/sqlite-chat.ts'
import { createControl, type AppAnswer } from './control.ts'
import { createMailGateway, type MailStore } from './mail/mailbox.ts'
import { createSqliteMail } from './mail/sqlite-mail.ts'
import { createPayActionSandbox, type PayActionSandbox } from './payaction/app.ts'
import { createPayActionControl } from './payaction/control.ts'
import { createDeliveries } from './payaction/deliveries.ts'
import { createPayActionFaults, type PayActionFault } from './payaction/faults.ts'
import { createSqlitePayAction } from './payaction/sqlite-payaction.ts'
import { openReceivers, type OpenReceivers } from './receivers/open.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { openStripeWorld, type StripeWorld } from './stripe/world.ts'
import { createTossSandbox, type TossSandbox } from './toss/app.ts'
import { createFaultBook, type FaultRule } from './toss/faults.ts'
import { createWebhookSender, postTo } from './webhook-sender.ts'

export interface SandboxEnv {
  SANDBOX: DurableObjectNamespace<SandboxObject>
  /** Where buyers reach the sandbox: origin of the checkout's address. */
  SANDBOX_ORIGIN: string
  WEBHOOK_URL: string
  /** Origin of the app whose clock and faults are controlled along with the sandbox's. */
  APP_URL: string
  CONTROL_TOKEN: string
}

/** The outside world's memory: payments, webhooks on their way, clock and faults; kept over restarts. */
export class SandboxObject extends DurableObject<SandboxEnv> {
  readonly #sql: SqlStorage
  readonly #webhooks: ReturnType<typeof createWebhookSender>
  readonly #sandbox: TossSandbox
  readonly #deliveries: ReturnType<typeof createDeliveries>
  readonly #payAction: PayActionSandbox
  readonly #payActionControl: ReturnType<typeof createPayActionControl>
  readonly #stripe: StripeWorld
  readonly #mails: MailStore
  readonly #mailGateway: ReturnType<typeof createMailGateway>
  readonly #chats: ChatStore
  readonly #chat: ReturnType<typeof createChat>
  readonly #receivers: OpenReceivers
  readonly #control: ReturnType<typeof createControl>

  constructor(ctx: DurableObjectState, env: SandboxEnv) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    this.#sql.exec('CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)')
    const store = createSqliteStore(this.#sql)
    const now = () => Date.now() + this.#offsetMs()
    const faults = createFaultBook(
      JSON.parse(this.#note('faults') ?? '[]') as FaultRule[],
      (rules) => this.#writeNote('faults', JSON.stringify(rules)),
    )
    this.#webhooks = createWebhookSender({
      sql: this.#sql,
      toRequest: postTo(env.WEBHOOK_URL),
      now,
      fetch: (request) => fetch(request),
    })
    this.#sandbox = createTossSandbox({
      store,
      now,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      sendWebhook: (body, delayMs) => {
        this.#webhooks.add(body, delayMs)
        if (delayMs === 0) ctx.waitUntil(this.#deliver())
      },
      faults,
      origin: env.SANDBOX_ORIGIN,
    })
    this.#deliveries = createDeliveries({
      sql: this.#sql,
      url: new URL('/api/v1/payments/webhook/payaction', env.APP_URL).href,
      now,
      fetch: (request) => fetch(request),
    })
    const payAction = {
      store: createSqlitePayAction(this.#sql),
      faults: createPayActionFaults(
        JSON.parse(this.#note('payaction_faults') ?? '[]') as PayActionFault[],
        (rules) => this.#writeNote('payaction_faults', JSON.stringify(rules)),
      ),
    }
    this.#payAction = createPayActionSandbox({
      ...payAction,
      now,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      sendWebhook: (delivery, delayMs) => {
        this.#deliveries.add(delivery, delayMs)
        if (delayMs === 0) ctx.waitUntil(this.#deliver())
      },
    })
    this.#payActionControl = createPayActionControl({ ...payAction, sandbox: this.#payAction })
    this.#stripe = openStripeWorld({
      sql: this.#sql,
      appUrl: env.APP_URL,
      origin: env.SANDBOX_ORIGIN,
      now,
      note: (name) => this.#note(name),
      writeNote: (name, value) => this.#writeNote(name, value),
      deliver: () => ctx.waitUntil(this.#deliver()),
    })
    this.#mails = createSqliteMail(this.#sql)
    this.#mailGateway = createMailGateway(this.#mails, now)
    this.#chats = createSqliteChat(this.#sql)
    this.#chat = createChat(this.#chats, now)
    this.#receivers = openReceivers({
      ...{ sql: this.#sql, now },
      note: (name) => this.#note(name),
      writeNote: (name, value) => this.#writeNote(name, value),
    })
    this.#control = createControl({
      chats: (limit) => this.#chats.list(limit),
      mails: (limit) => this.#mails.list(limit),
      sandbox: this.#sandbox,
      faults,
      now,
      offsetMs: () => this.#offsetMs(),
      setOffsetMs: (offsetMs) => this.#writeNote('offset_ms', String(offsetMs)),
      webhooksWaiting: () =>
        this.#webhooks.waiting() + this.#deliveries.waiting() + this.#stripe.deliveries.waiting(),
      app: (path, body) => this.#askApp(path, body),
    })
  }

  override async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    const suffered = await this.#receivers.suffer(pathname)
    if (suffered !== null) return suffered
    if (pathname.startsWith('/mail/')) return this.#mailGateway.fetch(request)
    if (pathname.startsWith('/chat/')) return this.#chat.fetch(request)
    const response = await this.#playing(pathname).fetch(request)
    await this.#arm()
    return response
  }

  #playing(pathname: string): { fetch(request: Request): Response | Promise<Response> } {
    if (pathname.startsWith('/control/payaction')) return this.#payActionControl
    if (pathname.startsWith('/control/stripe')) return this.#stripe.control
    if (pathname.startsWith('/control/receivers')) return this.#receivers.control
    if (/^\/(partner|platform)\//.test(pathname)) return this.#receivers.receivers
    if (pathname.startsWith('/control')) return this.#control
    if (pathname.startsWith('/stripe/')) return this.#stripe.sandbox
    return pathname.startsWith('/payaction/') ? this.#payAction : this.#sandbox
  }

  override async alarm(): Promise<void> {
    this.#sandbox.sweep()
    await this.#deliver()
  }

  async #deliver(): Promise<void> {
    await Promise.all([
      this.#webhooks.deliverDue(),
      this.#deliveries.deliverDue(),
      this.#stripe.deliveries.deliverDue(),
    ])
    await this.#arm()
  }

  /** One alarm, in real time, for what is due first by the sandbox's clock. */
  async #arm(): Promise<void> {
    const due = [
      this.#sandbox.sweep(),
      this.#webhooks.nextDue(),
      this.#deliveries.nextDue(),
      this.#stripe.deliveries.nextDue(),
    ].filter((at) => at !== null)
    if (due.length === 0) return
    await this.ctx.storage.setAlarm(Math.max(Math.min(...due) - this.#offsetMs(), Date.now()))
  }

  async #askApp(path: string, body: unknown): Promise<AppAnswer> {
    try {
      const response = await fetch(new URL(path, this.env.APP_URL), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-control-token': this.env.CONTROL_TOKEN,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      })
      if (response.ok) return { ok: true, answer: await response.json() }
      return { ok: false, problem: `the app answered ${response.status}` }
    } catch {
      return { ok: false, problem: 'the app did not answer' }
    }
  }

  #offsetMs(): number {
    return Number(this.#note('offset_ms') ?? 0)
  }

  #note(name: string): string | null {
    const rows = this.#sql.exec<{ value: string }>('SELECT value FROM notes WHERE name = ?', name)
    return rows.toArray()[0]?.value ?? null
  }

  #writeNote(name: string, value: string): void {
    this.#sql.exec('INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)', name, value)
  }
}
