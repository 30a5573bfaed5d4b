import {
  deadLetter,
  deadLetterQuery,
  deadLetterRedrive,
  projectionParams,
  rebuildRun,
} from '../schemas/admin.ts'
import { adminStatistics, adminStatisticsQuery } from '../schemas/admin-statistics.ts'
import {
  alertChannel,
  alertMessage,
  channelEdit,
  channelTest,
  channelWish,
} from '../schemas/alert-channels.ts'
import { alertList, alertRuleList, rulesWish } from '../schemas/alerts.ts'
import { idParams } from '../schemas/common.ts'
import { givenUpEvent, givenUpParams, givenUpQuery, givenUpRetry } from '../schemas/feed-dead.ts'
import { lagQuery, lagSchema } from '../schemas/lag.ts'
import { listSchema, pageQuery } from '../schemas/lists.ts'
import { coreMetricsQuery, coreMetricsSchema } from '../schemas/metrics.ts'
import { deliverySchema, outboxQuery, outboxRetry, retriedSchema } from '../schemas/outbox.ts'
import { wholeListQuery } from '../schemas/settings-lists.ts'
import { changeQuery, decision, proposal, settingChange, settingList } from '../schemas/settings.ts'
import type { WebRoutes } from './web-routes.ts'

const ALERT_ROUTES = {
  '/api/v1/admin/alerts': { get: { query: pageQuery, output: alertList, status: 200 } },
  '/api/v1/admin/alerts/rules': {
    get: { output: alertRuleList, status: 200 },
    put: { json: rulesWish, output: alertRuleList, status: 200 },
  },
  '/api/v1/admin/alerts/channels': {
    get: { query: wholeListQuery, output: listSchema(alertChannel), status: 200 },
    post: { json: channelWish, output: alertChannel, status: 201 },
  },
  '/api/v1/admin/alerts/channels/{id}': {
    patch: { param: idParams, json: channelEdit, output: alertChannel, status: 200 },
    delete: { param: idParams, output: null, status: 204 },
  },
  '/api/v1/admin/alerts/channels/{id}/test': {
    post: { param: idParams, output: channelTest, status: 200 },
  },
  '/api/v1/admin/alerts/channels/{id}/messages': {
    get: { param: idParams, query: pageQuery, output: listSchema(alertMessage), status: 200 },
  },
} as const satisfies WebRoutes

const OUTGOING_ROUTES = {
  '/api/v1/admin/integrations/lag': { get: { query: lagQuery, output: lagSchema, status: 200 } },
  '/api/v1/admin/integrations/outbox': {
    get: { query: outboxQuery, output: listSchema(deliverySchema), status: 200 },
  },
  '/api/v1/admin/integrations/outbox/{id}/retry': {
    post: { param: idParams, output: deliverySchema, status: 200 },
  },
  '/api/v1/admin/integrations/outbox/retry': {
    post: { json: outboxRetry, output: retriedSchema, status: 200 },
  },
  '/api/v1/admin/integrations/feed/dead': {
    get: { query: givenUpQuery, output: listSchema(givenUpEvent), status: 200 },
  },
  '/api/v1/admin/integrations/feed/dead/{partner_id}/{event_id}/retry': {
    post: { param: givenUpParams, output: retriedSchema, status: 200 },
  },
  '/api/v1/admin/integrations/feed/dead/retry': {
    post: { json: givenUpRetry, output: retriedSchema, status: 200 },
  },
  '/api/v1/admin/dead-letters': {
    get: { query: deadLetterQuery, output: listSchema(deadLetter), status: 200 },
  },
  '/api/v1/admin/dead-letters/{id}/redrive': {
    post: { param: idParams, output: deadLetter, status: 200 },
  },
  '/api/v1/admin/dead-letters/redrive': {
    post: { json: deadLetterRedrive, output: retriedSchema, status: 200 },
  },
  '/api/v1/admin/rebuild/{projection}': {
    post: { param: projectionParams, output: rebuildRun, status: 202 },
  },
  '/api/v1/admin/rebuild/{id}': { get: { param: idParams, output: rebuildRun, status: 200 } },
  '/api/v1/admin/search-index/rebuild': { post: { output: null, status: 204 } },
} as const satisfies WebRoutes

const SETTING_ROUTES = {
  '/api/v1/admin/settings': { get: { output: settingList, status: 200 } },
  '/api/v1/admin/settings/changes': {
    get: { query: changeQuery, output: listSchema(settingChange), status: 200 },
    post: { json: proposal, output: settingChange, status: 201 },
  },
  '/api/v1/admin/settings/changes/{id}/approve': {
    post: { param: idParams, json: decision, output: settingChange, status: 200 },
  },
  '/api/v1/admin/settings/changes/{id}/reject': {
    post: { param: idParams, json: decision, output: settingChange, status: 200 },
  },
} as const satisfies WebRoutes

/** What the desk calls to keep the platform running: alerts, what goes out, settings, figures. */
export const OPERATION_ROUTES = {
  ...ALERT_ROUTES,
  ...OUTGOING_ROUTES,
  ...SETTING_ROUTES,
  '/api/v1/admin/stats': {
    get: { query: adminStatisticsQuery, output: adminStatistics, status: 200 },
  },
  '/api/v1/admin/metrics/core': {
    get: { query: coreMetricsQuery, output: coreMetricsSchema, status: 200 },
  },
} as const satisfies WebRoutes
