import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { isLocalRequest } from '../local-only.ts'
import type { StripeSandbox } from './app.ts'
import { stripeFaultRule, type StripeFaults } from './faults.ts'
import { CARDS, type Card } from './objects.ts'

const cards = Object.keys(CARDS) as [Card, ...Card[]]
const payBody = z.strictObject({ card: z.enum(cards).default('pm_card_visa') })
const processBody = z.strictObject({ ends: z.enum(['succeeds', 'fails']) })
const authenticateBody = z.strictObject({ proved: z.boolean() })
const amountBody = z.strictObject({ amount: z.int().min(1) })
const refundBody = z.strictObject({
  status: z.enum(['pending', 'succeeded', 'failed', 'canceled']),
})
const disputeBody = z.strictObject({
  status: z.enum(['needs_response', 'under_review', 'won', 'lost']),
})
const webhookBody = z.strictObject({ type: z.string().default('payment_intent.succeeded') })
const faultsBody = z.union([stripeFaultRule, z.array(stripeFaultRule)])

/** `/control/stripe/…`: what buyers, banks and Stripe's own desk do next. Loopback hosts only. */
export function createStripeControl(sandbox: StripeSandbox, faults: StripeFaults) {
  /** Reads the body, does it, and shows what stands then; 409 where it cannot be done. */
  async function act<T>(
    c: Context,
    schema: z.ZodType<T>,
    work: (body: T) => unknown,
  ): Promise<Response> {
    const body = schema.safeParse(await c.req.json().catch(() => ({})))
    if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400)
    const done = work(body.data)
    return done === null || done === false
      ? c.json({ error: 'there is no such thing, or not in this state' }, 409)
      : c.json({ done })
  }

  return new Hono()
    .basePath('/control/stripe')
    .use(async (c, next) => {
      if (isLocalRequest(c.req.raw)) return next()
      return c.json({ error: 'only from this machine' }, 403)
    })
    .get('/intents', (c) => c.json({ intents: sandbox.intents() }))
    .get('/intents/:id', (c) => {
      const id = c.req.param('id')
      const intent = sandbox.intent(id)
      if (intent === null) return c.json({ error: 'no such intent' }, 404)
      return c.json({ intent, refunds: sandbox.refunds(id), disputes: sandbox.disputes(id) })
    })
    .post('/intents/:id/pay', (c) =>
      act(c, payBody, ({ card }) => sandbox.pay(c.req.param('id'), card)),
    )
    .post('/intents/:id/authenticate', (c) =>
      act(c, authenticateBody, ({ proved }) => sandbox.authenticate(c.req.param('id'), proved)),
    )
    .post('/intents/:id/process', (c) =>
      act(c, processBody, ({ ends }) => sandbox.process(c.req.param('id'), ends)),
    )
    .post('/intents/:id/refund', (c) =>
      act(c, amountBody, ({ amount }) => sandbox.deskRefund(c.req.param('id'), amount)),
    )
    .post('/intents/:id/dispute', (c) =>
      act(c, z.strictObject({}), () => sandbox.dispute(c.req.param('id'))),
    )
    .post('/intents/:id/webhook', (c) =>
      act(c, webhookBody, ({ type }) => sandbox.resend(c.req.param('id'), type)),
    )
    .post('/refunds/:id', (c) =>
      act(c, refundBody, ({ status }) => sandbox.endRefund(c.req.param('id'), status)),
    )
    .post('/disputes/:id', (c) =>
      act(c, disputeBody, ({ status }) => sandbox.endDispute(c.req.param('id'), status)),
    )
    .get('/faults', (c) => c.json({ faults: faults.list() }))
    .post('/faults', async (c) =>
      act(c, faultsBody, (rules) => {
        for (const rule of [rules].flat()) faults.add(rule)
        return faults.list()
      }),
    )
    .delete('/faults', (c) => {
      faults.clear()
      return c.json({ faults: faults.list() })
    })
    .notFound((c) => c.json({ error: 'no such control; see sandbox/README.md' }, 404))
}
