import { ok } from '../../domain/result.ts'
import { claimCoupon } from '../../usecases/coupons/claim-coupon.ts'
import { listOwnCoupons } from '../../usecases/coupons/list-own-coupons.ts'
import { validateCoupons } from '../../usecases/coupons/validate-coupons.ts'
import type { App } from '../context.ts'
import { claimJson, ownCouponJson, validatedJson } from '../coupon-answers.ts'
import { codeAskerOf, overCouponLimit } from '../coupon-calls.ts'
import { BOOKMARK_HEADER } from '../middleware/context-headers.ts'
import { requestedLines } from '../order-lines.ts'
import { answer, defineRoute } from '../route.ts'
import {
  claimSchema,
  codeParams,
  ownCoupon,
  ownCouponsQuery,
  validated,
  validation,
} from '../schemas/coupons.ts'
import { listOf, listSchema } from '../schemas/lists.ts'

/** Only the code or the body tells which restaurant decides. */
const COUPONS = { tag: 'Coupons', permission: 'coupon:claim', restaurant: 'in-body' } as const

/** What guests do with coupons; those who make them are in admin-coupons.ts. */
export function couponRoutes(app: App): void {
  claimRoute(app)
  validateRoute(app)
  ownRoute(app)
}

function claimRoute(app: App): void {
  defineRoute(
    app,
    {
      ...COUPONS,
      method: 'post',
      path: '/coupons/{code}/claim',
      operationId: 'claimCoupon',
      summary: 'Claim a coupon: first come, first served',
      description:
        'Once per Idempotency-Key. The claim belongs to the account, or to the session of a guest ' +
        'where the coupon is for guests. Who names too many codes that there are not is refused for a ' +
        'while, right codes included.',
      limit: 'couponClaim',
      idempotency: 'taken',
      request: { params: codeParams },
      success: { status: 201, description: 'Claimed', schema: claimSchema },
      refusals: [
        'NOT_FOUND',
        'COUPON_EXHAUSTED',
        'COUPON_ALREADY_CLAIMED',
        'COUPON_NOT_APPLICABLE',
        'VISIT_ENDED',
      ],
    },
    async (c) => {
      const over = await overCouponLimit(c)
      if (over !== null) return over
      const { actor, deps, idempotency, traceId } = c.var
      const { code } = c.req.valid('param')
      const { network } = codeAskerOf(c)
      const wish = { code, actor, network, idempotency, traceId }
      return answer(await claimCoupon(deps, wish), claimJson)
    },
  )
}

function validateRoute(app: App): void {
  defineRoute(
    app,
    {
      ...COUPONS,
      method: 'post',
      path: '/coupons/validate',
      operationId: 'validateCoupons',
      summary: 'What codes would take off an order, or why nothing',
      description:
        'Nothing is claimed or held: who orders first has the last one. A code that the restaurant ' +
        'does not have is 404.',
      limit: 'couponClaim',
      idempotency: 'none',
      request: { body: validation },
      success: { status: 200, description: 'As things stand', schema: validated },
      refusals: ['NOT_FOUND', 'VISIT_ENDED', 'CART_EMPTY'],
    },
    async (c) => {
      const over = await overCouponLimit(c)
      if (over !== null) return over
      const { actor, deps, locale } = c.var
      const { code, codes, cart_id: cartId, items, ...named } = c.req.valid('json')
      const quoted = await validateCoupons(deps, {
        ...{ actor, locale, network: codeAskerOf(c).network },
        codes: codes ?? [code ?? ''],
        at: named.restaurant_id ?? named.table_id ?? null,
        atTable: named.table_id == null ? null : true,
        order: cartId == null ? { lines: requestedLines(items ?? []) } : { cartId },
      })
      return answer(quoted, (quote) => validatedJson(quote, locale))
    },
  )
}

function ownRoute(app: App): void {
  defineRoute(
    app,
    {
      ...COUPONS,
      method: 'get',
      path: '/coupons/mine',
      operationId: 'listOwnCoupons',
      summary: 'What I have claimed, newest first',
      description:
        'From a copy that may lag by `as_of`; of one restaurant, and for guests at a table, from the ' +
        'restaurant itself. Send `X-Read-Bookmark` of the last answer to see nothing older than that.',
      idempotency: 'none',
      request: { query: ownCouponsQuery },
      success: { status: 200, description: 'A page', schema: listSchema(ownCoupon) },
      refusals: ['VISIT_ENDED'],
    },
    async (c) => {
      const { actor, deps, readBookmark, restaurantHeader } = c.var
      const { limit, cursor, status = null, restaurant_id: named } = c.req.valid('query')
      const found = await listOwnCoupons(
        deps,
        actor,
        { status, restaurantId: named ?? restaurantHeader },
        { limit, beforeId: cursor ?? null, bookmark: readBookmark },
      )
      if (!found.ok) return found
      const { entries, asOf, bookmark } = found.value
      if (bookmark !== null) c.header(BOOKMARK_HEADER, bookmark)
      const held = entries.map((entry) => ({ ...entry, id: entry.claim.id }))
      return ok(listOf(held, limit, asOf, ownCouponJson))
    },
  )
}
