import {
  endSubscription,
  listSubscriptions,
  subscribePartner,
} from '../../usecases/partners/subscriptions.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import {
  newSubscription,
  partnerSubscription,
  partnerSubscriptionParams,
  subscriptionJson,
} from '../schemas/partners.ts'
import { pageOf, wholeListQuery } from '../schemas/settings-lists.ts'

const SUBSCRIPTIONS = {
  tag: 'Administration',
  path: '/admin/integrations/partners/{id}/subscriptions',
  permission: 'partner:manage',
} as const

/** What partners may see: without a subscription nothing. */
export function partnerSubscriptionRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...SUBSCRIPTIONS,
      method: 'get',
      operationId: 'listPartnerSubscriptions',
      summary: 'What a partner may see',
      idempotency: 'none',
      request: { params: idParams, query: wholeListQuery },
      success: {
        status: 200,
        description: 'Those in force',
        schema: listSchema(partnerSubscription),
      },
      refusals: ['NOT_FOUND'],
    },
    async (c) =>
      answer(await listSubscriptions(c.var.deps, c.req.valid('param').id), (subscriptions) =>
        pageOf(subscriptions, c.req.valid('query'), c.var.now, subscriptionJson),
      ),
  )
  defineRoute(
    app,
    {
      ...SUBSCRIPTIONS,
      method: 'post',
      operationId: 'subscribePartner',
      summary: "Let a partner see a restaurant's events, or all restaurants'",
      description: 'The same again is the same subscription. Several count together.',
      idempotency: 'taken',
      request: { params: idParams, body: newSubscription },
      success: { status: 201, description: 'In force', schema: partnerSubscription },
      refusals: ['NOT_FOUND', 'PARTNER_DISABLED'],
    },
    async (c) => {
      const { restaurant_id: restaurantId, types } = c.req.valid('json')
      const { id } = c.req.valid('param')
      const wish = { restaurantId, types }
      return answer(await subscribePartner(c.var.deps, id, wish, actingIn(c.var)), subscriptionJson)
    },
  )
  defineRoute(
    app,
    {
      ...SUBSCRIPTIONS,
      method: 'delete',
      path: '/admin/integrations/partners/{id}/subscriptions/{subscription_id}',
      operationId: 'endPartnerSubscription',
      summary: 'A partner sees it no longer',
      description:
        'What was handed out may still be acknowledged. What has ended stays so: called again, under a ' +
        'key or not, nothing changes.',
      idempotency: 'taken',
      request: { params: partnerSubscriptionParams },
      success: { status: 200, description: 'Ended', schema: partnerSubscription },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id, subscription_id: subscriptionId } = c.req.valid('param')
      const { deps } = c.var
      return answer(
        await endSubscription(deps, id, subscriptionId, actingIn(c.var)),
        subscriptionJson,
      )
    },
  )
}
