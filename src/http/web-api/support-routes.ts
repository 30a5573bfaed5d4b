import { namedRestaurant, restaurantQuery } from '../schemas/admin-orders.ts'
import { idParams } from '../schemas/common.ts'
import { ownCoupon } from '../schemas/coupons.ts'
import { listSchema, pageQuery } from '../schemas/lists.ts'
import {
  followedRequest,
  refundAsk,
  refundDecision,
  refundRequestQuery,
  refundRequestSchema,
} from '../schemas/refund-requests.ts'
import {
  activityQuery,
  activitySchema,
  customerInClear,
  customerOrders,
  customerProfile,
  customersQuery,
  customerUnmask,
  foundCustomers,
  noteRequest,
  noteSchema,
  orderInClear,
  orderQuery,
  orderUnmask,
  supportOrder,
} from '../schemas/support.ts'
import { entrySchema } from '../schemas/wallet.ts'
import type { WebRoutes } from './web-routes.ts'

const page = { param: idParams, query: pageQuery, status: 200 } as const
const decision = {
  param: idParams,
  json: refundDecision,
  output: followedRequest,
  status: 200,
} as const

/** What the desk's part for support calls. */
export const SUPPORT_ROUTES = {
  '/api/v1/support/customers': {
    get: { query: customersQuery, output: foundCustomers, status: 200 },
  },
  '/api/v1/support/customers/{id}': {
    get: { param: idParams, output: customerProfile, status: 200 },
  },
  '/api/v1/support/customers/{id}/orders': { get: { ...page, output: customerOrders } },
  '/api/v1/support/customers/{id}/coupons': { get: { ...page, output: listSchema(ownCoupon) } },
  '/api/v1/support/customers/{id}/points': { get: { ...page, output: listSchema(entrySchema) } },
  '/api/v1/support/customers/{id}/notes': {
    get: { ...page, output: listSchema(noteSchema) },
    post: { param: idParams, json: noteRequest, output: noteSchema, status: 201 },
  },
  '/api/v1/support/customers/{id}/unmask': {
    post: { param: idParams, json: customerUnmask, output: customerInClear, status: 200 },
  },
  '/api/v1/support/orders': { get: { query: orderQuery, output: supportOrder, status: 200 } },
  '/api/v1/support/orders/{id}': { get: { param: idParams, output: supportOrder, status: 200 } },
  '/api/v1/support/orders/{id}/unmask': {
    post: { param: idParams, json: orderUnmask, output: orderInClear, status: 200 },
  },
  '/api/v1/support/orders/{id}/refunds': {
    post: { param: idParams, json: refundAsk, output: followedRequest, status: 201 },
  },
  '/api/v1/support/refunds': {
    get: { query: refundRequestQuery, output: listSchema(refundRequestSchema), status: 200 },
  },
  '/api/v1/support/refunds/{id}': {
    get: { param: idParams, output: followedRequest, status: 200 },
  },
  '/api/v1/support/refunds/{id}/approve': { post: decision },
  '/api/v1/support/refunds/{id}/refuse': { post: decision },
  '/api/v1/support/activity': {
    get: { query: activityQuery, output: listSchema(activitySchema), status: 200 },
  },
  '/api/v1/admin/restaurants': {
    get: { query: restaurantQuery, output: listSchema(namedRestaurant), status: 200 },
  },
} as const satisfies WebRoutes
