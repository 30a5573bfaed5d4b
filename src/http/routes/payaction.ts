import { z } from '@hono/zod-openapi'
import { takeDepositNews } from '../../usecases/payments/take-deposit-news.ts'
import { fingerprint } from '../canonical.ts'
import type { App, HttpVariables } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import { idSchema } from '../schemas/common.ts'

const MAX_HEADER = 200

/** It counts an answer with any other field as a failure. */
const SUCCESS = { status: 'success' } as const

const WEBHOOK = {
  tag: 'Payments',
  method: 'post',
  permission: 'public',
  idempotency: 'none',
  success: {
    status: 200,
    description: 'Taken, or nothing that a repeat would change',
    schema: z.object({ status: z.literal('success') }),
  },
  refusals: ['UNAUTHENTICATED'],
} as const

const DESCRIPTION =
  'That the deposit of an order is in, or (the feed of the account) that some money is. `x-mall-id` and ' +
  '`x-webhook-key` must be those of the account; `x-trace-id` tells repeats apart.'

/** What PayAction posts, of the deployment's account or of a restaurant's own. */
export function payActionRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...WEBHOOK,
      path: '/payments/webhook/payaction',
      operationId: 'payActionWebhook',
      summary: 'PayAction tells of a deposit',
      description: DESCRIPTION,
      request: { body: z.unknown() },
    },
    (c) => take(c, c.req.valid('json'), null),
  )
  defineRoute(
    app,
    {
      ...WEBHOOK,
      path: '/payments/webhook/payaction/{restaurant_id}',
      operationId: 'payActionWebhookOfRestaurant',
      summary: "PayAction tells of a deposit on a restaurant's account",
      description: DESCRIPTION,
      request: { params: z.object({ restaurant_id: idSchema }), body: z.unknown() },
    },
    (c) => take(c, c.req.valid('json'), c.req.valid('param').restaurant_id),
  )
}

type Caller = {
  readonly req: { header(name: string): string | undefined }
  readonly var: Readonly<Pick<HttpVariables, 'deps' | 'now' | 'traceId'>>
}

async function take(
  { req, var: { deps, now, traceId } }: Caller,
  body: unknown,
  at: string | null,
) {
  const header = (name: string): string => req.header(name)?.trim().slice(0, MAX_HEADER) ?? ''
  const call = {
    body,
    restaurantId: at,
    shown: { mallId: header('x-mall-id'), webhookKey: header('x-webhook-key') },
    // A feed without marks repeats itself word for word, its time and balance included.
    deliveryId: header('x-trace-id') || (await fingerprint(body)),
    now,
    traceId,
  }
  const taken = await deps.toTheEnd(() => takeDepositNews(deps, call))
  return answer(taken, () => SUCCESS)
}
