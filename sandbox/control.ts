import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { appFaults } from './app-faults.ts'
import { isLocalRequest } from './local-only.ts'
import type { ChatMessage } from './chat/chat.ts'
import type { SandboxMail } from './mail/mailbox.ts'
import type { TossSandbox } from './toss/app.ts'
import { DESK_ACTIONS, type DeskAction, type Done } from './toss/desk.ts'
import { faultRule, type FaultBook } from './toss/faults.ts'

export type AppAnswer = { ok: true; answer: unknown } | { ok: false; problem: string }

export interface ControlOptions {
  sandbox: TossSandbox
  faults: FaultBook
  now: () => number
  offsetMs: () => number
  setOffsetMs: (offsetMs: number) => void
  webhooksWaiting: () => number
  /** The inbox of everybody, newest first. */
  mails: (limit: number) => SandboxMail[]
  chats: (limit: number) => ChatMessage[]
  /** Forwards to the app's own control hook. */
  app: (path: string, body: unknown) => Promise<AppAnswer>
}

const clockBody = z.union([
  z.strictObject({ advance_seconds: z.number().positive() }),
  z.strictObject({ set: z.iso.datetime({ offset: true }) }),
  z.strictObject({ reset: z.literal(true) }),
])
const faultsBody = z.union([faultRule, z.array(faultRule)])
const webhookBody = z.strictObject({
  payment_key: z.string(),
  times: z.int().min(1).max(100).default(1),
})

const BUTTONS = { approve: 'pay', fail: 'fail', cancel: 'cancel' } as const
const isButton = (text: string): text is keyof typeof BUTTONS => Object.hasOwn(BUTTONS, text)

const isDeskAction = (text: string): text is DeskAction =>
  (DESK_ACTIONS as readonly string[]).includes(text)
const refundBody = z.strictObject({ amount: z.int().positive() })

function atDesk(c: Context, done: Done): Response {
  switch (done.kind) {
    case 'done': {
      const { paymentKey: payment_key, status } = done.payment
      return c.json({ payment_key, status })
    }
    case 'over':
      return c.json({ error: 'not in this state' }, 409)
    case 'missing':
      return c.json({ error: 'no such payment' }, 404)
  }
}

const MAX_PAYMENTS = 100_000
const MAX_MAILS = 1_000

/** `/control/…`: what the outside world does next (sandbox/README.md). Loopback hosts only. */
export function createControl(options: ControlOptions) {
  const { sandbox, faults, now } = options
  const clock = () => ({
    now: new Date(now()).toISOString(),
    offset_ms: options.offsetMs(),
  })
  const invalid = (error: z.ZodError) => ({ error: z.prettifyError(error) })

  return new Hono()
    .basePath('/control')
    .use(async (c, next) => {
      if (isLocalRequest(c.req.raw)) return next()
      return c.json({ error: 'only from this machine' }, 403)
    })
    .get('/state', (c) =>
      c.json({
        clock: clock(),
        faults: faults.list(),
        webhooks_waiting: options.webhooksWaiting(),
      }),
    )
    .post('/clock', async (c) => {
      const body = clockBody.safeParse(await c.req.json().catch(() => null))
      if (!body.success) return c.json(invalid(body.error), 400)
      const offsetMs = offsetFor(body.data, options.offsetMs())
      // Both clocks or none; ours first, since the app asks us as soon as its own has moved.
      const before = options.offsetMs()
      options.setOffsetMs(offsetMs)
      const app = await options.app('/__control/clock', { offset_ms: offsetMs })
      if (!app.ok) {
        options.setOffsetMs(before)
        return c.json({ error: app.problem, clock: clock() }, 502)
      }
      return c.json({ clock: clock(), app: app.answer })
    })
    .get('/faults', (c) => c.json({ faults: faults.list() }))
    .post('/faults', async (c) => {
      const body = faultsBody.safeParse(await c.req.json().catch(() => null))
      if (!body.success) return c.json(invalid(body.error), 400)
      for (const rule of [body.data].flat()) faults.add(rule)
      return c.json({ faults: faults.list() })
    })
    .delete('/faults', (c) => {
      faults.clear()
      return c.json({ faults: faults.list() })
    })
    .post('/app', async (c) => {
      const body = appFaults.safeParse(await c.req.json().catch(() => null))
      if (!body.success) return c.json(invalid(body.error), 400)
      const app = await options.app('/__control/faults', body.data)
      return app.ok ? c.json({ app: app.answer }) : c.json({ error: app.problem }, 502)
    })
    .get('/mail', (c) => {
      const to = c.req.query('to')
      const mails = options.mails(MAX_MAILS)
      return c.json({ mails: to === undefined ? mails : mails.filter((mail) => mail.to === to) })
    })
    .get('/chat', (c) => c.json({ messages: options.chats(MAX_MAILS) }))
    .get('/payments', (c) => c.json({ payments: sandbox.payments(MAX_PAYMENTS) }))
    .post('/payments/:paymentKey/refund', async (c) => {
      const body = refundBody.safeParse(await c.req.json().catch(() => null))
      if (!body.success) return c.json(invalid(body.error), 400)
      return atDesk(c, sandbox.desk.refund(c.req.param('paymentKey'), body.data.amount))
    })
    .post('/payments/:paymentKey/:button', (c) => {
      const { paymentKey, button } = c.req.param()
      if (isDeskAction(button)) return atDesk(c, sandbox.desk.act(paymentKey, button))
      if (!isButton(button))
        return c.json({ error: 'approve, fail, cancel, refund or what banks do' }, 404)
      const clicked = sandbox.click(paymentKey, BUTTONS[button])
      const status = sandbox.find(paymentKey)?.status
      switch (clicked.kind) {
        case 'redirect':
          return c.json({ payment_key: paymentKey, status, redirect_url: clicked.to })
        case 'over':
          return c.json({ error: 'this payment is over', payment_key: paymentKey, status }, 409)
        case 'missing':
          return c.json({ error: 'no such payment' }, 404)
      }
    })
    .post('/webhook', async (c) => {
      const body = webhookBody.safeParse(await c.req.json().catch(() => null))
      if (!body.success) return c.json(invalid(body.error), 400)
      const { payment_key: paymentKey, times } = body.data
      if (!sandbox.resend(paymentKey, times)) return c.json({ error: 'no such payment' }, 404)
      return c.json({ payment_key: paymentKey, sent: times }, 202)
    })
    .notFound((c) => c.json({ error: 'no such control; see sandbox/README.md' }, 404))
}

function offsetFor(change: z.infer<typeof clockBody>, offsetMs: number): number {
  if ('reset' in change) return 0
  if ('set' in change) return Date.parse(change.set) - Date.now()
  return offsetMs + Math.round(change.advance_seconds * 1_000)
}
