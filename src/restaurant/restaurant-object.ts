import { DurableObject } from 'cloudflare:workers'
import { SYSTEM, type Asker } from '../domain/actor.ts'
import type {
  Command,
  CommandEnvelope,
  CommandOutcome,
  CommandType,
  Committed,
} from '../domain/commands.ts'
import { errorText } from '../domain/error-text.ts'
import { restaurantKeyOf } from '../domain/ids.ts'
import type { Job, Report, ReportResult } from '../domain/jobs.ts'
import type { QueryEnvelope, QueryOutcome, QueryType } from '../domain/queries.ts'
import type { QueueMessage } from '../queues/messages.ts'
import { systemRuntime, type LogLine, type Runtime } from '../runtime.ts'
import { admit } from './admit.ts'
import { createCallCounters, type LimitEnv } from './call-counters.ts'
import { openContext, type Context } from './context.ts'
import { couponLines } from './coupon-log.ts'
import { CrowdTeller, type CrowdEnv } from './crowd-teller.ts'
import { Gathering } from './gathering.ts'
import { isInitialized, migrate } from './migrations/migrate.ts'
import { commandLine, orderLines } from './order-log.ts'
import { Outbox, publishJob } from './outbox.ts'
import { pointInTimeOf, type PointInTime } from './point-in-time.ts'
import { QUERIES } from './queries/index.ts'
import type { QueryModule } from './query-module.ts'
import { acceptReport } from './reports.ts'
import { runCommand } from './run-command.ts'
import { openSocket, prepareSocket, refuseSocket } from './socket-entry.ts'
import { Sockets } from './sockets.ts'
import { createStore, type Store } from './store/store.ts'
import { takeDue } from './take-due.ts'
import { fromText, toText, type Text } from './wire.ts'

export interface RestaurantEnv extends LimitEnv, CrowdEnv {
  JOBS: Queue<QueueMessage>
}

/** Alarms ring on such marks alone, so that what falls due at about the same time takes one commit. */
const ALARM_STEP_MS = 250

interface Armed {
  /** By the runtime's clock; from then on every command decides what is due. */
  due: number
  /** By the machine's clock. */
  ringsAt: number
}

/** After a failed alarm the next one comes this much later. */
const ALARM_RETRY_MS = 30_000

/**
 * One restaurant. Everything that two people can fight over is decided here, in one synchronous
 * transaction per command; nothing leaves before that transaction is over.
 */
export class RestaurantObject extends DurableObject<RestaurantEnv> {
  readonly #runtime: Runtime
  readonly #sockets: Sockets
  readonly #crowd: CrowdTeller
  readonly #outbox = new Outbox()
  readonly #rush = new Gathering(() => this.#runtime.pause?.(0) ?? Promise.resolve())
  readonly #overLimit: ReturnType<typeof createCallCounters>
  readonly #lent = {
    random: (length: number) => this.#runtime.random(length),
    log: (line: LogLine) => {
      this.#log(line)
    },
  }
  #store: Store | null = null
  /** Null until they are asked for. */
  #id: string | null = null
  #key: string | null = null
  /** What the alarm waits for; null when not known (after a wake or a roll-back). */
  #armed: Armed | null = null

  constructor(ctx: DurableObjectState, env: RestaurantEnv) {
    super(ctx, env)
    this.#runtime = this.makeRuntime()
    this.#overLimit = createCallCounters(env)
    this.#sockets = new Sockets(ctx, (line) => this.#log(line))
    this.#crowd = this.#makeCrowdTeller(env)
    if (isInitialized(ctx.storage.sql)) this.#openStore()
  }

  /** Development and tests bring their own clock, randomness and log. */
  protected makeRuntime(): Runtime {
    return systemRuntime
  }

  /** Tests bring their own past. */
  protected pointInTime(): PointInTime {
    return pointInTimeOf(this.ctx)
  }

  /** Runs one command. Expected refusals are values; the jobs it committed are the caller's to start. */
  execute<T extends CommandType>(envelope: CommandEnvelope<T>): Committed<CommandOutcome<T>> {
    const { command } = envelope
    if (this.#store === null && command.type !== 'initialize')
      return {
        outcome: { ok: false, refusal: { kind: 'NOT_FOUND', what: 'restaurant' } },
        jobs: [],
      }
    const tooMany = this.#overLimit(envelope.asker, this.#runtime.now())
    if (tooMany !== null) return { outcome: { ok: false, refusal: tooMany }, jobs: [] }
    const { asker, traceId } = envelope
    const run = () => this.#commit(asker, (cx) => runCommand(cx, envelope), traceId)
    const committed = this.#store === null ? this.#firstOpened(run) : run()
    this.#log(commandLine(envelope, committed.outcome))
    if (committed.outcome.ok) this.#afterCommand(command as Command)
    return committed
  }

  /** Answers a question from the rows as they are now; what is due is decided first. */
  query<T extends QueryType>({ query, asker }: QueryEnvelope<T>): QueryOutcome<T> {
    if (this.#store === null)
      return { ok: false, refusal: { kind: 'NOT_FOUND', what: 'restaurant' } }
    const tooMany = this.#overLimit(asker, this.#runtime.now())
    if (tooMany !== null) return { ok: false, refusal: tooMany }
    if (this.#armed === null || this.#armed.due <= this.#runtime.now())
      this.#handOver(this.#commit(SYSTEM, () => null).jobs)
    const admitted = admit(this.#context(asker), 'query')
    if (!admitted.ok) return admitted
    const module = QUERIES[query.type] as unknown as QueryModule<T>
    return module(admitted.value, query)
  }

  /** Takes in what became of a job. Reports may come twice, late or never. */
  report(report: Report): Committed<ReportResult> {
    if (this.#store === null) return { outcome: {}, jobs: [] }
    if (report.kind === 'published') {
      const more = this.#outbox.confirm(this.#store.restaurant.get(), report)
      if (!more) return { outcome: {}, jobs: [] }
      return this.#commit(SYSTEM, (cx) => {
        cx.agenda.set('publish', 'outbox', cx.now)
        return {}
      })
    }
    return this.#commit(SYSTEM, (cx) => acceptReport(cx, report), report.traceId ?? null)
  }

  /**
   * `execute`, `query` and `report` as the Worker calls them (wire.ts). A command that is one of
   * several under way (`amongOthers`) waits a turn for them: in a rush they share their commits.
   */
  executeText(
    envelope: Text<CommandEnvelope>,
    amongOthers = false,
  ): Text<Committed<CommandOutcome>> | Promise<Text<Committed<CommandOutcome>>> {
    const run = () => toText(this.execute(fromText(envelope)))
    return amongOthers || this.#rush.isOpen ? this.#rush.add(run) : run()
  }
  queryText(envelope: Text<QueryEnvelope>): Text<QueryOutcome> {
    return toText(this.query(fromText(envelope)))
  }
  reportText(report: Text<Report>): Text<Committed<ReportResult>> {
    return toText(this.report(fromText(report)))
  }

  /** Whether its storage can go back to that moment. */
  async canRestore(at: number): Promise<boolean> {
    return this.#store !== null && (await this.pointInTime().bookmarkAt(at)) !== null
  }

  /**
   * Goes back to that moment and starts anew, while the mark of this epoch stands: it is undone with
   * everything else, so that nothing is undone twice.
   */
  async restore(epoch: number, at: number): Promise<void> {
    if (this.#store?.restaurant.restoring() !== epoch) return
    const bookmark = await this.pointInTime().bookmarkAt(at)
    if (bookmark === null) throw new Error('this storage keeps no earlier state')
    await this.pointInTime().goBackTo(bookmark)
  }

  /** A socket upgrade that the Worker has authenticated; a `SocketRequest` says whose. */
  override fetch(request: Request): Response {
    if (this.#store === null) return refuseSocket({ kind: 'NOT_FOUND', what: 'restaurant' })
    const { outcome: plan, jobs } = this.#commit(SYSTEM, (cx) =>
      prepareSocket(cx, request, this.#sockets),
    )
    this.#handOver(jobs)
    if (!plan.ok) return refuseSocket(plan.refusal)
    const opened = openSocket(plan.value, request, this.#sockets)
    this.#crowd.changed()
    return opened
  }

  override async alarm(): Promise<void> {
    this.#armed = null
    if (this.#store === null) return
    await this.#send(this.#ring())
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    this.#sockets.receive(socket, message, this.#runtime.now())
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#sockets.farewell(socket, code)
    this.#crowd.changed()
  }

  /** Sets the alarm again by today's clock (a clock that was moved needs it). */
  protected rearmAlarm(): void {
    this.#armed = null
    if (this.#store !== null) this.#handOver(this.#commit(SYSTEM, () => null).jobs)
  }

  #makeCrowdTeller(env: RestaurantEnv): CrowdTeller {
    const runtime = this.#runtime
    return new CrowdTeller({
      env,
      waitUntil: (work) => {
        this.ctx.waitUntil(work)
      },
      now: () => runtime.now(),
      pause: runtime.pause && ((ms) => runtime.pause?.(ms) ?? Promise.resolve()),
      log: (line) => {
        this.#runtime.log(line)
      },
      crowd: () => ({
        ...this.#sockets.crowd(),
        key: this.ctx.id.name ?? restaurantKeyOf(this.#store?.restaurant.get().id ?? ''),
        at: runtime.now(),
      }),
    })
  }

  /** Tables and the first command are one step: a failed start leaves nothing behind. */
  #firstOpened<O>(run: () => Committed<O>): Committed<O> {
    try {
      return this.ctx.storage.transactionSync(() => {
        this.#openStore()
        return run()
      })
    } catch (error) {
      this.#store = null
      this.#armed = null
      throw error
    }
  }

  #ring(): readonly Job[] {
    try {
      return this.#commit(SYSTEM, () => null).jobs
    } catch (error) {
      // The runtime gives an alarm up after a few throws, and every deadline with it.
      void this.ctx.storage.setAlarm(Date.now() + ALARM_RETRY_MS)
      this.#log({ level: 'error', kind: 'alarm-failed', error: errorText(error) })
      return []
    }
  }

  #openStore(): void {
    this.ctx.storage.transactionSync(() => migrate(this.ctx.storage.sql, this.#runtime.now()))
    this.#store = createStore(this.ctx.storage)
  }

  #context(asker: Asker, traceId: string | null = null): Context {
    if (this.#store === null) throw new Error('the restaurant was never initialised')
    // A cold alarm may come without the object's name.
    this.#key ??= this.ctx.id.name ?? restaurantKeyOf(this.#store.restaurant.get().id)
    return openContext({
      now: this.#runtime.now(),
      key: this.#key,
      asker,
      store: this.#store,
      runtime: this.#runtime,
      boardConnected: () => this.#sockets.boardConnected(),
      traceId,
    })
  }

  /** One transaction: what is due, then the work, then the next alarm. Then the sockets hear of it. */
  #commit<O>(asker: Asker, work: (cx: Context) => O, traceId: string | null = null): Committed<O> {
    const cx = this.#context(asker, traceId)
    this.#sockets.closeExpired(cx.now)
    try {
      const committed = cx.store.transaction(() => {
        // Before that time nothing is due; after it, whatever the work enters may be.
        const quiet = this.#armed !== null && this.#armed.due > cx.now
        const due = quiet ? [] : takeDue(cx, this.#outbox, this.#lent)
        const outcome = work(cx)
        const more =
          cx.agenda.earliestEntered() <= cx.now ? takeDue(cx, this.#outbox, this.#lent) : []
        if (!quiet || due.length + more.length > 0 || this.#comesEarlier(cx)) this.#arm(cx)
        return { outcome, jobs: [...due, ...more] }
      })
      return this.#announce(cx, committed)
    } catch (error) {
      this.#armed = null
      throw error
    }
  }

  /** What is committed stays so, whatever becomes of telling it. */
  #announce<O>(cx: Context, committed: Committed<O>): Committed<O> {
    if (cx.events.length === 0) return committed
    for (const line of orderLines(cx.events)) this.#log(line)
    for (const line of couponLines(cx.events)) this.#log(line)
    try {
      this.#sockets.broadcast(cx.events)
    } catch (error) {
      this.#log({ level: 'error', kind: 'broadcast-failed', error: errorText(error) })
    }
    const publish = publishJob(cx.restaurant().id, cx.events)
    return { ...committed, jobs: [publish, ...committed.jobs] }
  }

  /** Something was entered, or a socket opened, whose time is before the alarm's. */
  #comesEarlier(cx: Context): boolean {
    const expiry = this.#sockets.nextExpiry() ?? Infinity
    return Math.min(cx.agenda.earliestEntered(), expiry) < (this.#armed?.due ?? Infinity)
  }

  #arm(cx: Context): void {
    const times = [cx.store.agenda.earliest(), this.#sockets.nextExpiry()]
    const due = Math.min(...times.filter((time) => time !== null))
    if (due === Infinity || due === this.#armed?.due) return
    // The alarm rings by the machine's clock; the agenda keeps the runtime's.
    const earliest = Date.now() + Math.max(0, due - cx.now)
    const ringsAt = Math.ceil(earliest / ALARM_STEP_MS) * ALARM_STEP_MS
    if (ringsAt !== this.#armed?.ringsAt) void this.ctx.storage.setAlarm(ringsAt)
    this.#armed = { due, ringsAt }
  }

  /** Every line of the object says whose it is. */
  #log(line: LogLine): void {
    if (this.#id === null && this.#store?.restaurant.exists() === true)
      this.#id = this.#store.restaurant.get().id
    this.#runtime.log({ ...line, restaurantId: this.#id })
  }

  #afterCommand(command: Command): void {
    if (command.type === 'begin-epoch') {
      this.#outbox.forget()
      this.#sockets.endEpoch()
    }
    if (command.type === 'end-session') this.#sockets.endSession(command.sessionId)
    if (command.type === 'end-membership')
      this.#sockets.endMembership(command.userId, command.version)
  }

  /** Jobs that no caller will start go to the queue. */
  #handOver(jobs: readonly Job[]): void {
    if (jobs.length > 0) this.ctx.waitUntil(this.#send(jobs))
  }

  async #send(jobs: readonly Job[]): Promise<void> {
    const sent = await Promise.allSettled(
      jobs.map((job) => this.env.JOBS.send({ v: 1, kind: 'job', job })),
    )
    const failed = sent.filter((result) => result.status === 'rejected').length
    // The leases bring them back; the log says that it happened.
    if (failed > 0)
      this.#log({ level: 'warn', kind: 'queue-send-failed', jobs: jobs.length, failed })
  }
}
