import {
  createExecutionContext,
  createMessageBatch,
  getQueueResult,
  runDurableObjectAlarm,
} from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { createHandlers } from '../../src/handlers.ts'
import type { Env } from '../../src/env.ts'
import type { QueueMessage } from '../../src/queues/messages.ts'
import type { LogLine, Runtime } from '../../src/runtime.ts'
import { controlledEnv } from '../../sandbox/controlled/bindings.ts'
import { clearFaults, setFaults } from '../../sandbox/controlled/controls.ts'
import { cutRun, remoteCall } from '../../sandbox/controlled/cut.ts'
import { createChat, createMemoryChat } from '../../sandbox/chat/chat.ts'
import {
  createMemoryReceived,
  createReceiverFaults,
  createReceivers,
  sufferFault,
} from '../../sandbox/receivers/receivers.ts'
import { createMailGateway, createMemoryMail } from '../../sandbox/mail/mailbox.ts'
import type { Delivery } from '../../sandbox/payaction/app.ts'
import { MALL, PAYACTION_URL, payActionWorld } from '../sandbox/payaction-world.ts'
import { BASE_URL, SECRET_KEY, tossWorld } from '../sandbox/world.ts'
import {
  STRIPE_ORIGIN,
  STRIPE_SETTINGS,
  stripeWorld,
  type SentEvent,
} from '../sandbox/stripe/world.ts'
import { setClock } from './clock.ts'
import { newSigningKey, random } from './identity.ts'
import { noteSent, watched } from './log-watch.ts'
import { collectLines } from './object-lines.ts'
import { collectJobs } from './sent-jobs.ts'

/** 20 November 2026, noon in Seoul. */
export const NOON = Date.UTC(2026, 10, 20, 3)
export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const ORIGIN = 'http://ordersync.test'
export const SCRAPE_TOKEN = 'a-scrape-token-of-the-tests-long-enough'
const MAIL_URL = 'https://mail.ordersync.test/mail/send'
/** Plays Discord and Slack. */
export const CHAT_ORIGIN = 'http://chat.ordersync.test'
const MOST_ROUNDS = 200

export const signingKeys = [await newSigningKey('story')]

interface Waiting<T> {
  due: number
  what: T
}
interface Queued {
  message: QueueMessage
  attempts: number
}

/**
 * The whole product in one isolate: the Worker's own handlers over real D1 and objects, the provider's
 * sandbox behind `fetch`, one clock for all. Nothing happens by itself but what a request leaves
 * behind; alarms, queue and webhooks run when the test says so.
 */
export function openStory() {
  const world = { now: NOON, logged: [] as LogLine[] }
  const toss = tossWorld()
  toss.world.now = world.now
  const stripe = stripeWorld()
  stripe.world.now = world.now
  const payAction = payActionWorld()
  payAction.world.now = world.now
  const mails = createMemoryMail()
  const { fetch: takeMail } = createMailGateway(mails, () => world.now)
  const mailGateway = {
    fetch: (request: Request): Response | Promise<Response> => takeMail(request),
  }
  const chats = createMemoryChat()
  const chat = createChat(chats, () => world.now)
  const received = createMemoryReceived()
  const receivers = createReceivers(received, () => world.now)
  const receiverFaults = createReceiverFaults([], () => undefined)
  const outside = {
    async fetch(asked: Request): Promise<Response> {
      const { pathname } = new URL(asked.url)
      const suffered = await sufferFault(receiverFaults, pathname, () => Promise.resolve())
      return suffered ?? (pathname.startsWith('/chat/') ? chat : receivers).fetch(asked)
    },
  }
  const keys = new Set<string>()
  const queue: Waiting<Queued>[] = []
  const webhooks: Waiting<() => Promise<unknown>>[] = []

  const enqueue = (message: QueueMessage, delaySeconds = 0, attempts = 1) =>
    queue.push({ due: world.now + delaySeconds * SECOND, what: { message, attempts } })
  const meet = (key: string) => {
    if (keys.has(key)) return
    keys.add(key)
    setClock(key, world.now)
    collectJobs(key, (message) => enqueue(message))
    collectLines(key, (line) => world.logged.push(line))
  }
  const playing = (url: string): { fetch(asked: Request): Response | Promise<Response> } => {
    if (url === MAIL_URL) return mailGateway
    if (url.startsWith(CHAT_ORIGIN)) return outside
    if (url.startsWith(STRIPE_ORIGIN)) return stripe
    return url.startsWith(PAYACTION_URL) ? payAction.sandbox : toss.sandbox
  }
  const runtime: Runtime = {
    now: () => world.now,
    random,
    fetch: (request) => remoteCall(async () => playing(request.url).fetch(request)),
    log: watched((line) => world.logged.push(line)),
  }
  const handlers = createHandlers(runtime)
  const env = controlledEnv(environment(meet, enqueue))

  const event = () => {
    const left: Promise<unknown>[] = []
    const ctx = {
      waitUntil: (work: Promise<unknown>) => void left.push(work.catch(() => undefined)),
      passThroughOnException: () => undefined,
    } as unknown as ExecutionContext
    /** Work may leave more work behind. */
    const finished = async () => {
      for (let n = 0; n < left.length; n += 1) await left[n]
    }
    return { ctx, finished }
  }

  const toRequest = (path: string, init?: RequestInit) => {
    noteSent(init)
    return new Request(new URL(path, ORIGIN), init)
  }

  /** One request, and what it left to be done behind its answer. */
  async function ask(path: string, init?: RequestInit): Promise<Response> {
    const { ctx, finished } = event()
    const response = await handlers.fetch(toRequest(path, init), env, ctx)
    await finished()
    return response
  }

  /** A request that dies after so many remote calls: its answer or null, and how many it made. */
  async function askCut(after: number, path: string, init?: RequestInit) {
    const { ctx, finished } = event()
    const run = cutRun(after, () => handlers.fetch(toRequest(path, init), env, ctx))
    const response = await run.response
    await Promise.race([finished(), run.struck])
    await run.quiet()
    return { response: response.status === 499 ? null : response, calls: run.made() }
  }

  function takeDue<T>(waiting: Waiting<T>[]): T[] {
    const due = waiting.filter((entry) => entry.due <= world.now)
    waiting.splice(0, waiting.length, ...waiting.filter((entry) => entry.due > world.now))
    return due.map(({ what }) => what)
  }

  async function consume(taken: readonly Queued[]): Promise<void> {
    const { ctx, finished } = event()
    const messages = taken.map(({ message: body, attempts }, n) => ({
      id: `m${n}`,
      timestamp: new Date(world.now),
      attempts,
      body,
    }))
    const batch = createMessageBatch('ordersync-development-jobs', messages)
    await handlers.queue(batch, env, ctx)
    await finished()
    const { retryMessages } = await getQueueResult(batch, createExecutionContext())
    for (const { msgId, delaySeconds } of retryMessages) {
      const again = taken[Number(msgId.slice(1))]
      // After that production has it in the dead letters; the object's lease brings the job back.
      if (again && again.attempts < 6) enqueue(again.message, delaySeconds, again.attempts + 1)
    }
  }

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

  const webhook = (body: unknown) => post('/api/v1/payments/webhook/toss', body)

  /** As PayAction posts it; on a restaurant's own address where the delivery names one. */
  const depositWebhook = ({ restaurantId, headers, body }: Delivery) =>
    post(
      `/api/v1/payments/webhook/payaction${restaurantId === null ? '' : `/${restaurantId}`}`,
      body,
      headers,
    )

  /** As Stripe sends it: signed at this moment. */
  const stripeWebhook = async (event: SentEvent) =>
    ask('/api/v1/payments/webhook/stripe', {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': await stripe.signed(event),
      },
      body: event.body,
    })

  /** Webhooks that the provider has sent and the queue's messages, until there are no more. */
  async function settle(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      for (const { body, delayMs } of toss.world.webhooks.splice(0))
        webhooks.push({ due: world.now + delayMs, what: () => webhook(body) })
      for (const { event, delayMs } of stripe.world.webhooks.splice(0))
        webhooks.push({ due: world.now + delayMs, what: () => stripeWebhook(event) })
      for (const { body, delayMs } of payAction.world.webhooks.splice(0))
        webhooks.push({ due: world.now + delayMs, what: () => depositWebhook(body) })
      const told = takeDue(webhooks)
      const taken = takeDue(queue)
      if (told.length === 0 && taken.length === 0) return
      await Promise.all(told.map((deliver) => deliver()))
      if (taken.length > 0) await consume(taken)
    }
    throw new Error('there is always something more to do')
  }

  /** Moves every clock and does nothing else: alarms are late. */
  function clockOnly(ms: number): void {
    world.now += ms
    toss.world.now = world.now
    stripe.world.now = world.now
    payAction.world.now = world.now
    for (const key of keys) setClock(key, world.now)
  }

  /** Moves every clock, rings the alarms of all restaurants, and does what follows. */
  async function passes(ms: number): Promise<void> {
    clockOnly(ms)
    toss.sandbox.sweep()
    for (const key of keys) await runDurableObjectAlarm(bindings.RESTAURANTS.getByName(key))
    await settle()
  }

  /** Time in small steps, cron included, until everything that was begun must have ended. */
  async function passesUntilQuiet(): Promise<void> {
    for (const step of [20, 20, 20, 60, 60].map((seconds) => seconds * SECOND)) await passes(step)
    await cron()
    for (const step of [5, 10, 15, 30, 60].map((minutes) => minutes * MINUTE)) await passes(step)
    await settle()
  }

  async function cron(expression = '*/5 * * * *'): Promise<void> {
    const { ctx, finished } = event()
    const controller = { cron: expression, scheduledTime: world.now, noRetry: () => undefined }
    await handlers.scheduled(controller, env, ctx)
    await finished()
  }

  return {
    world,
    toss,
    stripe,
    stripeWebhook,
    payAction,
    depositWebhook,
    mailGateway,
    /** What the product has written to people, newest first. */
    mails: () => mails.list(100),
    /** What it has posted to channels, newest first. */
    chats: () => chats.list(100),
    /** What it has pushed to partners and the data platform, newest first. */
    received: () => received.list(1_000),
    receiverFaults,
    env,
    ask,
    askCut,
    post,
    webhook,
    settle,
    clockOnly,
    passes,
    passesUntilQuiet,
    cron,
    /** Messages that objects and use cases have sent and nobody has taken. */
    queue,
    /** Every statement of D1 fails as a broken connection does, until it is up again. */
    d1Goes: (state: 'down' | 'up') =>
      state === 'down' ? setFaults({ d1_down: true }) : clearFaults(),
  }
}

export type Story = ReturnType<typeof openStory>

function environment(
  meet: (key: string) => void,
  enqueue: (message: QueueMessage, delaySeconds?: number) => void,
): Env {
  // A developer's own settings are none of the tests'.
  const { PUBLIC_URL: _, MAX_BODY_BYTES: __, ...real }: Env = bindings
  type Jobs = Env['JOBS']
  const JOBS = {
    send: (message: QueueMessage, options?: QueueSendOptions) => {
      enqueue(message, options?.delaySeconds)
      return Promise.resolve()
    },
    sendBatch: (messages: Iterable<MessageSendRequest<QueueMessage>>) => {
      for (const { body, delaySeconds } of messages) enqueue(body, delaySeconds)
      return Promise.resolve()
    },
    metrics: () => Promise.resolve({}),
  } as unknown as Jobs
  const RESTAURANTS = new Proxy(real.RESTAURANTS, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property)
      if (typeof member !== 'function') return member
      const method = member.bind(target) as (name: string) => unknown
      if (property !== 'getByName') return method
      return (name: string) => {
        meet(name)
        return method(name)
      }
    },
  })
  return {
    ...real,
    RESTAURANTS,
    JOBS,
    ENVIRONMENT: 'development',
    JWT_KEYS: JSON.stringify(signingKeys),
    LINK_SECRET: 'long enough to be a secret of the tests',
    METRICS_TOKEN: SCRAPE_TOKEN,
    NOTIFY_LOCAL_ORIGIN: CHAT_ORIGIN,
    ENCRYPTION_KEYS: JSON.stringify([{ id: 'tests', key: 'a'.repeat(43) }]),
    TOSS_SECRET_KEY: SECRET_KEY,
    TOSS_CLIENT_KEY: 'test_ck',
    MAIL_GATEWAY_URL: MAIL_URL,
    MAIL_GATEWAY_KEY: 'a-key-of-the-tests',
    MAIL_FROM: 'no-reply@ordersync.test',
    TOSS_API_BASE_URL: BASE_URL,
    ...STRIPE_SETTINGS,
    PAYACTION_API_BASE_URL: PAYACTION_URL,
    PAYACTION_MALL_ID: MALL.mallId,
    PAYACTION_API_KEY: MALL.apiKey,
    PAYACTION_WEBHOOK_KEY: MALL.webhookKey,
  }
}
