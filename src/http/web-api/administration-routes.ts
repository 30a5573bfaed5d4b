import { idParams } from '../schemas/common.ts'
import {
  account,
  accountChange,
  accountDetails,
  accountQuery,
  erasure,
  erasureWish,
  exportWish,
  personalData,
} from '../schemas/accounts.ts'
import { adminOrder, adminOrderQuery, listedOrder, orderChange } from '../schemas/admin-orders.ts'
import { auditEntry, auditQuery } from '../schemas/audit.ts'
import { enteredRate, rateEntry, ratesQuery } from '../schemas/exchange-rates.ts'
import { listSchema, pageQuery } from '../schemas/lists.ts'
import { reconciliationList, reconciliationRun } from '../schemas/reconciliation.ts'
import { pointsRefundProof, pointsRefundQuery, pointsRefundSchema } from '../schemas/wallet.ts'
import { PARTNER_ROUTES } from './partner-routes.ts'
import type { WebRoutes } from './web-routes.ts'

/** What the desk calls about accounts, partners, orders and money of the whole platform. */
export const ADMINISTRATION_ROUTES = {
  ...PARTNER_ROUTES,
  '/api/v1/admin/users': {
    get: { query: accountQuery, output: listSchema(account), status: 200 },
  },
  '/api/v1/admin/users/{id}': {
    get: { param: idParams, output: accountDetails, status: 200 },
    patch: { param: idParams, json: accountChange, output: account, status: 200 },
  },
  '/api/v1/admin/users/{id}/sessions': {
    delete: { param: idParams, output: null, status: 204 },
  },
  '/api/v1/admin/users/{id}/export': {
    post: { param: idParams, json: exportWish, output: personalData, status: 200 },
  },
  '/api/v1/admin/users/{id}/erase': {
    post: { param: idParams, json: erasureWish, output: erasure, status: 202 },
  },
  '/api/v1/admin/users/{id}/erasure': {
    get: { param: idParams, output: erasure, status: 200 },
  },
  '/api/v1/admin/orders': {
    get: { query: adminOrderQuery, output: listSchema(listedOrder), status: 200 },
  },
  '/api/v1/admin/orders/{id}': {
    get: { param: idParams, output: adminOrder, status: 200 },
    put: { param: idParams, json: orderChange, output: adminOrder, status: 200 },
  },
  '/api/v1/admin/payments/reconciliation': {
    get: { query: pageQuery, output: reconciliationList, status: 200 },
  },
  '/api/v1/admin/payments/reconciliation/runs': {
    post: { output: reconciliationRun, status: 202 },
  },
  '/api/v1/admin/wallet/refunds': {
    get: { query: pointsRefundQuery, output: listSchema(pointsRefundSchema), status: 200 },
  },
  '/api/v1/admin/wallet/refunds/{id}/record': {
    post: { param: idParams, json: pointsRefundProof, output: pointsRefundSchema, status: 200 },
  },
  '/api/v1/admin/exchange-rates': {
    get: { query: ratesQuery, output: listSchema(enteredRate), status: 200 },
    put: { json: rateEntry, output: enteredRate, status: 200 },
  },
  '/api/v1/admin/audit': {
    get: { query: auditQuery, output: listSchema(auditEntry), status: 200 },
  },
} as const satisfies WebRoutes
