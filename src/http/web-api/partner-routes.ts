import { idParams } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import {
  endpointParams,
  endpointSchema,
  endpointTest,
  endpointWish,
  newEndpointSchema,
  secretRotation,
} from '../schemas/partner-endpoints.ts'
import {
  createdPartner,
  keyRotation,
  newPartnerKeySchema,
  newSubscription,
  partnerCreation,
  partnerEditing,
  partnerKeyParams,
  partnerKeySchema,
  partnerSchema,
  partnerSubscription,
  partnerSubscriptionParams,
} from '../schemas/partners.ts'
import { wholeListQuery } from '../schemas/settings-lists.ts'
import type { WebRoutes } from './web-routes.ts'

const listed = { param: idParams, query: wholeListQuery, status: 200 } as const

/** What administrators do with partner systems. */
export const PARTNER_ROUTES = {
  '/api/v1/admin/integrations/partners': {
    get: { query: wholeListQuery, output: listSchema(partnerSchema), status: 200 },
    post: { json: partnerCreation, output: createdPartner, status: 201 },
  },
  '/api/v1/admin/integrations/partners/{id}': {
    get: { param: idParams, output: partnerSchema, status: 200 },
    patch: { param: idParams, json: partnerEditing, output: partnerSchema, status: 200 },
    delete: { param: idParams, output: partnerSchema, status: 200 },
  },
  '/api/v1/admin/integrations/partners/{id}/keys': {
    get: { ...listed, output: listSchema(partnerKeySchema) },
    post: { param: idParams, json: keyRotation, output: newPartnerKeySchema, status: 201 },
  },
  '/api/v1/admin/integrations/partners/{id}/keys/{key_id}': {
    delete: { param: partnerKeyParams, output: partnerKeySchema, status: 200 },
  },
  '/api/v1/admin/integrations/partners/{id}/subscriptions': {
    get: { ...listed, output: listSchema(partnerSubscription) },
    post: { param: idParams, json: newSubscription, output: partnerSubscription, status: 201 },
  },
  '/api/v1/admin/integrations/partners/{id}/subscriptions/{subscription_id}': {
    delete: { param: partnerSubscriptionParams, output: partnerSubscription, status: 200 },
  },
  '/api/v1/admin/integrations/partners/{id}/endpoints': {
    get: { ...listed, output: listSchema(endpointSchema) },
    post: { param: idParams, json: endpointWish, output: newEndpointSchema, status: 201 },
  },
  '/api/v1/admin/integrations/partners/{id}/endpoints/{endpoint_id}': {
    patch: { param: endpointParams, json: endpointWish, output: endpointSchema, status: 200 },
    delete: { param: endpointParams, output: null, status: 204 },
  },
  '/api/v1/admin/integrations/partners/{id}/endpoints/{endpoint_id}/rotate': {
    post: { param: endpointParams, json: secretRotation, output: newEndpointSchema, status: 201 },
  },
  '/api/v1/admin/integrations/partners/{id}/endpoints/{endpoint_id}/enable': {
    post: { param: endpointParams, output: endpointSchema, status: 200 },
  },
  '/api/v1/admin/integrations/partners/{id}/endpoints/{endpoint_id}/test': {
    post: { param: endpointParams, output: endpointTest, status: 200 },
  },
} as const satisfies WebRoutes
