import { DurableObject } from 'cloudflare:workers'
import { createChat, type ChatStore } from './chat/chat.ts'
import { createSqliteChat } from './chat/sqlite-chat.ts'
import { createControl, type AppAnswer } from './control.ts'
import { createMailGateway, type MailStore } from './mail/mailbox.ts'
import { createSqliteMail } from './mail/sqlite-mail.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { createTossSandbox, type TossSandbox } from './toss/app.ts'
import { createFaultBook, type FaultRule } from './toss/faults.ts'
import { createWebhookSender } from './webhook-sender.ts'

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
  readonly #mails: MailStore
  readonly #mailGateway: ReturnType<typeof createMailGateway>
  readonly #chats: ChatStore
  readonly #chat: ReturnType<typeof createChat>
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
      url: env.WEBHOOK_URL,
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
    this.#mails = createSqliteMail(this.#sql)
    this.#mailGateway = createMailGateway(this.#mails, now)
    this.#chats = createSqliteChat(this.#sql)
    this.#chat = createChat(this.#chats, now)
    this.#control = createControl({
      chats: (limit) => this.#chats.list(limit),
      mails: (limit) => this.#mails.list(limit),
      sandbox: this.#sandbox,
      faults,
      now,
      offsetMs: () => this.#offsetMs(),
      setOffsetMs: (offsetMs) => this.#writeNote('offset_ms', String(offsetMs)),
      webhooksWaiting: () => this.#webhooks.waiting(),
      app: (path, body) => this.#askApp(path, body),
    })
  }

  override async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/mail/')) return this.#mailGateway.fetch(request)
    if (pathname.startsWith('/chat/')) return this.#chat.fetch(request)
    const response = pathname.startsWith('/control')
      ? await this.#control.fetch(request)
      : await this.#sandbox.fetch(request)
    await this.#arm()
    return response
  }

  override async alarm(): Promise<void> {
    this.#sandbox.sweep()
    await this.#deliver()
  }

  async #deliver(): Promise<void> {
    await this.#webhooks.deliverDue()
    await this.#arm()
  }

  /** One alarm, in real time, for what is due first by the sandbox's clock. */
  async #arm(): Promise<void> {
    const due = [this.#sandbox.sweep(), this.#webhooks.nextDue()].filter((at) => at !== null)
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
