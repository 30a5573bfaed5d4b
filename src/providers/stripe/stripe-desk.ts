import Stripe from 'stripe'
import { z } from 'zod'
import { parseId } from '../../domain/ids.ts'
import type { Runtime } from '../../runtime.ts'
import type { AccountKeys } from '../payment-port.ts'
import type { StripeClaim, StripeDesk } from '../stripe-port.ts'
import { accountOf, type StripeSettings } from './account.ts'
import { ask, createStripeClient } from './client.ts'
import { INTENT_ID, PAYMENT_MARK, paymentIntent } from './wire.ts'

const metadata = z.record(z.string(), z.unknown()).nullish().catch(null)
const reference = z.union([z.string(), z.object({ id: z.string() })]).nullish()

const event = z.object({
  object: z.literal('event'),
  type: z.string().max(100),
  data: z.object({
    object: z.object({
      object: z.string(),
      id: z.string().nullish(),
      metadata,
      payment_intent: reference,
    }),
  }),
})

/** What the product asks of Stripe beside moving money. */
export function createStripeDesk(
  settings: StripeSettings,
  runtime: Pick<Runtime, 'fetch'>,
): StripeDesk {
  const { baseUrl, scriptUrl, account: deployment } = settings
  const fetch: Runtime['fetch'] = (request) => runtime.fetch(request)
  const crypto = Stripe.createSubtleCryptoProvider()
  const secretsFor = (keys: AccountKeys | null): string[] =>
    [accountOf(keys, deployment)?.webhookSecret, deployment?.webhookSecret].flatMap((secret) =>
      secret === null || secret === undefined ? [] : [secret],
    )

  return {
    form: { scriptUrl, apiOrigin: new URL(baseUrl).origin },
    publishableKey: (keys) => accountOf(keys, deployment)?.publishableKey ?? null,
    readEvent,

    async isGenuine(keys, { body, signature, now }) {
      for (const secret of secretsFor(keys))
        if (await isSignedWith(secret, { body, signature, now, crypto })) return true
      return false
    },

    async paymentOf(keys, intentId) {
      const account = accountOf(keys, deployment)
      if (account === null || !INTENT_ID.test(intentId)) return { kind: 'none' }
      const stripe = createStripeClient({ baseUrl, secretKey: account.secretKey, fetch })
      const answer = await ask(paymentIntent, () => stripe.paymentIntents.retrieve(intentId))
      if (answer.kind === 'error' && answer.meaning === 'not-found') return { kind: 'none' }
      if (answer.kind !== 'answer') return { kind: 'unknown' }
      const paymentId = parseId(answer.value.metadata?.[PAYMENT_MARK] ?? '')
      return paymentId === null ? { kind: 'none' } : { kind: 'payment', paymentId }
    },
  }
}

function readEvent(body: string): StripeClaim | null {
  const parsed = event.safeParse(parseJson(body))
  if (!parsed.success) return null
  const { type, data } = parsed.data
  const { object, id, metadata: marks, payment_intent: intent } = data.object
  const mark = marks?.[PAYMENT_MARK]
  const named = typeof intent === 'object' ? intent?.id : intent
  const intentId = (object === 'payment_intent' ? id : named) ?? ''
  return {
    type,
    paymentId: typeof mark === 'string' ? parseId(mark) : null,
    intentId: INTENT_ID.test(intentId) ? intentId : null,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

interface Signed {
  body: string
  signature: string
  now: number
  crypto: ReturnType<typeof Stripe.createSubtleCryptoProvider>
}

/** Also refuses what was signed more than five minutes ago: the library's own tolerance. */
async function isSignedWith(secret: string, { body, signature, now, crypto }: Signed) {
  try {
    await Stripe.webhooks.constructEventAsync(body, signature, secret, undefined, crypto, now)
    return true
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false
    throw error
  }
}
