import { z } from '@hono/zod-openapi'
import {
  claimSchema,
  codeParams,
  couponEditing,
  couponQuery,
  couponSchema,
  couponStats,
  newCoupon,
  ownCoupon,
  ownCouponsQuery,
} from '../schemas/coupons.ts'
import { idParams } from '../schemas/common.ts'
import { whoAmI } from '../schemas/identity.ts'
import { listSchema } from '../schemas/lists.ts'
import {
  auditSchema,
  auditsQuery,
  itemParams,
  levelsQuery,
  namedStockSchema,
  stockAdjustment,
  stockRules,
  stockSchema,
} from '../schemas/inventory.ts'
import {
  categoryCreation,
  categoryEditing,
  categoryOrder,
  categorySchema,
  itemCreation,
  itemEditing,
  itemOrder,
  itemSchema,
  itemsQuery,
  menuSchema,
  soldOutMark,
} from '../schemas/menu.ts'
import { importSummarySchema, menuFileSchema, menuImport } from '../schemas/menu-file.ts'
import { busyMark, openingSchema, pausing } from '../schemas/opening.ts'
import { restaurantCreation, restaurantEditing, restaurantSchema } from '../schemas/restaurants.ts'
import { wholeListQuery } from '../schemas/settings-lists.ts'
import { staffMember, staffParams, staffRole } from '../schemas/staff.ts'
import { statisticsQuery, statisticsSchema } from '../schemas/statistics.ts'
import {
  acceptance,
  boardQuery,
  orderSchema,
  placedOrder,
  rejection,
  tableOrder,
} from '../schemas/orders.ts'
import {
  resumed,
  resuming,
  sessionEnding,
  pageJoined,
  pageSignedIn,
} from '../schemas/page-sessions.ts'
import { credentials, guestJoining, registration } from '../schemas/identity.ts'
import { initiated, initiation } from '../schemas/payments.ts'
import { orderQuote, quoteRequest } from '../schemas/quotes.ts'
import {
  billSchema,
  resetDone,
  seated,
  tableCreation,
  tableReset,
  tableSchema,
} from '../schemas/tables.ts'
import { balanceSchema } from '../schemas/wallet.ts'

import type { WebRoutes } from './web-routes.ts'

const gone = { param: idParams, output: null, status: 204 } as const
const order = { param: idParams, output: orderSchema, status: 200 } as const

/**
 * What the pages of guests and owners call.
 */
export const PAGE_ROUTES = {
  '/session/guest': { post: { json: guestJoining, output: pageJoined, status: 201 } },
  '/session/login': { post: { json: credentials, output: pageSignedIn, status: 200 } },
  '/session/register': { post: { json: registration, output: pageSignedIn, status: 201 } },
  '/session/resume': { post: { json: resuming, output: resumed, status: 200 } },
  '/session/end': { post: { json: sessionEnding, output: null, status: 204 } },
  '/api/v1/auth/me': { get: { output: whoAmI, status: 200 } },
  '/api/v1/restaurants/{id}/menu': { get: { param: idParams, output: menuSchema, status: 200 } },
  '/api/v1/orders/quote': { post: { json: quoteRequest, output: orderQuote, status: 200 } },
  '/api/v1/tables/{table_id}/orders': {
    post: {
      param: z.object({ table_id: z.string() }),
      json: tableOrder,
      output: placedOrder,
      status: 201,
    },
  },
  '/api/v1/tables/{id}/orders': { get: { param: idParams, output: billSchema, status: 200 } },
  '/api/v1/orders/{id}': { get: order },
  '/api/v1/orders/{id}/cancel': { post: order },
  '/api/v1/payments/initiate': {
    post: { json: initiation, output: initiated, status: 200 },
  },
  '/api/v1/coupons/mine': {
    get: { query: ownCouponsQuery, output: listSchema(ownCoupon), status: 200 },
  },
  '/api/v1/coupons/{code}/claim': { post: { param: codeParams, output: claimSchema, status: 201 } },
  '/api/v1/wallet/balance': { get: { output: balanceSchema, status: 200 } },
  '/api/v1/restaurants/me/orders': {
    get: { query: boardQuery, output: listSchema(orderSchema), status: 200 },
  },
  '/api/v1/restaurants/me/orders/{id}/accept': { post: { ...order, json: acceptance } },
  '/api/v1/restaurants/me/orders/{id}/reject': { post: { ...order, json: rejection } },
  '/api/v1/restaurants/me/orders/{id}/ready': { post: order },
  '/api/v1/restaurants/me/orders/{id}/complete': { post: order },
  '/api/v1/restaurants/me/orders/{id}/acknowledge': { post: order },
  '/api/v1/restaurants': {
    post: { json: restaurantCreation, output: restaurantSchema, status: 201 },
  },
  '/api/v1/restaurants/me': {
    get: { output: restaurantSchema, status: 200 },
    patch: { json: restaurantEditing, output: restaurantSchema, status: 200 },
  },
  '/api/v1/restaurants/me/pause': { post: { json: pausing, output: openingSchema, status: 200 } },
  '/api/v1/restaurants/me/resume': { post: { output: openingSchema, status: 200 } },
  '/api/v1/restaurants/me/busy': { post: { json: busyMark, output: openingSchema, status: 200 } },
  '/api/v1/restaurants/me/items': {
    get: { query: itemsQuery, output: listSchema(itemSchema), status: 200 },
    post: { json: itemCreation, output: itemSchema, status: 201 },
  },
  '/api/v1/restaurants/me/items/order': {
    put: { json: itemOrder, output: null, status: 204 },
  },
  '/api/v1/restaurants/me/items/{id}': {
    patch: { param: idParams, json: itemEditing, output: itemSchema, status: 200 },
    delete: gone,
  },
  '/api/v1/restaurants/me/items/{id}/image': {
    delete: { param: idParams, output: itemSchema, status: 200 },
  },
  '/api/v1/restaurants/me/categories': {
    get: { query: wholeListQuery, output: listSchema(categorySchema), status: 200 },
    post: { json: categoryCreation, output: categorySchema, status: 201 },
  },
  '/api/v1/restaurants/me/categories/order': {
    put: { json: categoryOrder, output: null, status: 204 },
  },
  '/api/v1/restaurants/me/categories/{id}': {
    patch: { param: idParams, json: categoryEditing, output: categorySchema, status: 200 },
    delete: gone,
  },
  '/api/v1/restaurants/me/menu/export': { get: { output: menuFileSchema, status: 200 } },
  '/api/v1/restaurants/me/menu/import': {
    post: { json: menuImport, output: importSummarySchema, status: 200 },
  },
  '/api/v1/tables': {
    get: { query: wholeListQuery, output: listSchema(tableSchema), status: 200 },
    post: { json: tableCreation, output: tableSchema, status: 201 },
  },
  '/api/v1/tables/{id}': { delete: gone },
  '/api/v1/tables/{id}/open': { post: { param: idParams, output: seated, status: 200 } },
  '/api/v1/tables/{id}/reset': {
    post: { param: idParams, json: tableReset, output: resetDone, status: 200 },
  },
  '/api/v1/tables/{id}/qr/rotate': {
    post: { param: idParams, output: tableSchema, status: 200 },
  },
  '/api/v1/restaurants/me/staff': {
    get: { query: wholeListQuery, output: listSchema(staffMember), status: 200 },
    post: { json: staffRole, output: staffMember, status: 201 },
  },
  '/api/v1/restaurants/me/staff/{user_id}': {
    delete: { param: staffParams, output: null, status: 204 },
  },
  '/api/v1/restaurants/me/items/{id}/sold-out': {
    put: { param: idParams, json: soldOutMark, output: itemSchema, status: 200 },
  },
  '/api/v1/restaurants/me/inventory/adjustments': {
    post: { json: stockAdjustment, output: stockSchema, status: 201 },
  },
  '/api/v1/restaurants/me/inventory/levels': {
    get: { query: levelsQuery, output: listSchema(namedStockSchema), status: 200 },
  },
  '/api/v1/restaurants/me/inventory/levels/{menu_id}': {
    patch: { param: itemParams, json: stockRules, output: stockSchema, status: 200 },
  },
  '/api/v1/restaurants/me/inventory/audits': {
    get: { query: auditsQuery, output: listSchema(auditSchema), status: 200 },
  },
  '/api/v1/admin/coupons': {
    get: { query: couponQuery, output: listSchema(couponSchema), status: 200 },
    post: { json: newCoupon, output: couponSchema, status: 201 },
  },
  '/api/v1/admin/coupons/{id}': {
    patch: { param: idParams, json: couponEditing, output: couponSchema, status: 200 },
  },
  '/api/v1/admin/coupons/{id}/stats': {
    get: { param: idParams, output: couponStats, status: 200 },
  },
  '/api/v1/restaurants/me/statistics': {
    get: { query: statisticsQuery, output: statisticsSchema, status: 200 },
  },
} as const satisfies WebRoutes
