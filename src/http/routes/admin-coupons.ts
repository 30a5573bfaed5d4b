import type { CouponState } from '../../domain/coupon/coupon.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { RestaurantState } from '../../domain/restaurant/settings.ts'
import { ok, type Result } from '../../domain/result.ts'
import { createCoupon } from '../../usecases/coupons/create-coupon.ts'
import { listCoupons } from '../../usecases/coupons/list-coupons.ts'
import type { App, HttpVariables } from '../context.ts'
import { couponJson, statsJson } from '../coupon-answers.ts'
import { BOOKMARK_HEADER } from '../middleware/context-headers.ts'
import { command, question } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import {
  changesFrom,
  couponEditing,
  couponQuery,
  couponSchema,
  couponStats,
  newCoupon,
  termsFrom,
} from '../schemas/coupons.ts'
import { listOf, listSchema } from '../schemas/lists.ts'

const MANAGING = { tag: 'Coupons', permission: 'coupon:manage' } as const

/** Making coupons: for marketing everywhere, for owners at their own restaurants. */
export function adminCouponRoutes(app: App): void {
  createRoute(app)
  listRoute(app)
  editRoute(app)
  readRoutes(app)
}

function createRoute(app: App): void {
  defineRoute(
    app,
    {
      ...MANAGING,
      method: 'post',
      path: '/admin/coupons',
      operationId: 'createCoupon',
      summary: 'Make a coupon for a restaurant',
      description:
        'Its code is the only one of that name on the platform, for ever. The same coupon sent again ' +
        'is the same coupon.',
      restaurant: 'any-own',
      idempotency: 'taken',
      request: { body: newCoupon },
      success: { status: 201, description: 'The coupon', schema: couponSchema },
      refusals: ['NOT_FOUND', 'COUPON_CODE_TAKEN'],
    },
    async (c) => {
      const body = c.req.valid('json')
      const { actor, deps, idempotency, restaurantHeader, traceId } = c.var
      const restaurantId = body.restaurant_id ?? null
      const wish = { actor, terms: termsFrom(body), restaurantId, restaurantHeader }
      return answer(await createCoupon(deps, { ...wish, idempotency, traceId }), couponJson)
    },
  )
}

function listRoute(app: App): void {
  defineRoute(
    app,
    {
      ...MANAGING,
      method: 'get',
      path: '/admin/coupons',
      operationId: 'listCoupons',
      summary: 'Coupons, newest first',
      description: 'From a copy that may lag by `as_of`. Owners see those of their restaurants.',
      restaurant: 'any-own',
      idempotency: 'none',
      request: { query: couponQuery },
      success: { status: 200, description: 'A page', schema: listSchema(couponSchema) },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { actor, deps, readBookmark, restaurantHeader } = c.var
      const { limit, cursor, active = null, q = null, restaurant_id: named } = c.req.valid('query')
      const found = await listCoupons(
        deps,
        actor,
        { restaurantId: named ?? restaurantHeader, active, text: q },
        { limit, beforeId: cursor ?? null, bookmark: readBookmark },
      )
      if (!found.ok) return found
      const { entries, asOf, bookmark } = found.value
      if (bookmark !== null) c.header(BOOKMARK_HEADER, bookmark)
      return ok(listOf(entries, limit, asOf, couponJson))
    },
  )
}

function editRoute(app: App): void {
  defineRoute(
    app,
    {
      ...MANAGING,
      method: 'patch',
      path: '/admin/coupons/{id}',
      operationId: 'editCoupon',
      summary: 'Other terms from now on',
      description:
        'Orders that have it keep the discount they were placed with. Never fewer than were claimed; ' +
        'a later end does not bring back claims that have expired.',
      restaurant: 'by-id',
      idempotency: 'taken',
      request: { params: idParams, body: couponEditing },
      success: { status: 200, description: 'The coupon', schema: couponSchema },
      refusals: ['NOT_FOUND', 'COUPON_BELOW_CLAIMED'],
    },
    async (c) => {
      const { id: couponId } = c.req.valid('param')
      const changes = changesFrom(c.req.valid('json'))
      const edited = await command(c, couponId, { type: 'edit-coupon', couponId, changes })
      if (!edited.ok) return edited
      const shown = await withRestaurant(c, edited.value)
      return shown.ok ? answer({ ...edited, value: shown.value }, couponJson) : shown
    },
  )
}

function readRoutes(app: App): void {
  const shared = {
    ...MANAGING,
    method: 'get',
    restaurant: 'by-id',
    idempotency: 'none',
    request: { params: idParams },
    refusals: ['NOT_FOUND'],
  } as const
  defineRoute(
    app,
    {
      ...shared,
      path: '/admin/coupons/{id}',
      operationId: 'getCoupon',
      summary: 'One coupon as it is now',
      success: { status: 200, description: 'The coupon', schema: couponSchema },
    },
    async (c) => {
      const { id: couponId } = c.req.valid('param')
      const found = await question(c, couponId, { type: 'coupon', couponId })
      return found.ok ? answer(await withRestaurant(c, found.value), couponJson) : found
    },
  )
  defineRoute(
    app,
    {
      ...shared,
      path: '/admin/coupons/{id}/stats',
      operationId: 'getCouponStats',
      summary: 'What has come of a coupon, counted from its claims',
      success: { status: 200, description: 'The figures', schema: couponStats },
    },
    async (c) => {
      const { id: couponId } = c.req.valid('param')
      const counted = await question(c, couponId, { type: 'coupon-stats', couponId })
      if (!counted.ok) return counted
      return answer(await restaurantOf(c, couponId), ({ currency }) =>
        statsJson(counted.value, currency),
      )
    },
  )
}

type Caller = { readonly var: Readonly<Pick<HttpVariables, 'deps' | 'asker'>> }

const restaurantOf = (c: Caller, couponId: string): Promise<Result<RestaurantState, Refusal>> =>
  question(c, couponId, { type: 'restaurant' })

async function withRestaurant(
  c: Caller,
  coupon: CouponState,
): Promise<Result<CouponState & { restaurantId: string }, Refusal>> {
  const found = await restaurantOf(c, coupon.id)
  return found.ok ? ok({ ...coupon, restaurantId: found.value.id }) : found
}
