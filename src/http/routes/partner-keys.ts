import { endPartnerKey, listPartnerKeys, rotatePartnerKey } from '../../usecases/partners/keys.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import {
  keyRotation,
  newPartnerKeySchema,
  partnerKeyJson,
  partnerKeyParams,
  partnerKeySchema,
} from '../schemas/partners.ts'
import { pageOf, wholeListQuery } from '../schemas/settings-lists.ts'

const KEYS = {
  tag: 'Administration',
  path: '/admin/integrations/partners/{id}/keys',
  permission: 'partner:manage',
  idempotency: 'none',
} as const

/** What partners log in and sign with. */
export function partnerKeyRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...KEYS,
      method: 'get',
      operationId: 'listPartnerKeys',
      summary: "A partner's keys by their hints, newest first",
      request: { params: idParams, query: wholeListQuery },
      success: { status: 200, description: 'Keys', schema: listSchema(partnerKeySchema) },
      refusals: ['NOT_FOUND'],
    },
    async (c) =>
      answer(await listPartnerKeys(c.var.deps, c.req.valid('param').id), (keys) =>
        pageOf(keys, c.req.valid('query'), c.var.now, partnerKeyJson),
      ),
  )
  defineRoute(
    app,
    {
      ...KEYS,
      method: 'post',
      operationId: 'rotatePartnerKey',
      summary: 'A new key for a partner; it is shown once',
      description:
        'The others live on for `overlap_seconds`, so that the partner can change over; of these at ' +
        'most the newest three.',
      request: { params: idParams, body: keyRotation },
      success: { status: 201, description: 'The new key', schema: newPartnerKeySchema },
      refusals: ['NOT_FOUND', 'PARTNER_DISABLED'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const { overlap_seconds: overlap } = c.req.valid('json')
      return answer(
        await rotatePartnerKey(c.var.deps, id, overlap, actingIn(c.var)),
        ({ key, clientSecret }) => ({ ...partnerKeyJson(key), client_secret: clientSecret }),
      )
    },
  )
  defineRoute(
    app,
    {
      ...KEYS,
      method: 'delete',
      path: '/admin/integrations/partners/{id}/keys/{key_id}',
      operationId: 'endPartnerKey',
      summary: 'End a key now',
      description:
        'Signatures of it are refused from the next request on; tokens that it fetched live their ' +
        '15 minutes. Ending the last one leaves the partner without any. Called again, under a key or ' +
        'not, nothing changes.',
      idempotency: 'taken',
      request: { params: partnerKeyParams },
      success: { status: 200, description: 'Ended', schema: partnerKeySchema },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id, key_id: keyId } = c.req.valid('param')
      return answer(await endPartnerKey(c.var.deps, id, keyId, actingIn(c.var)), partnerKeyJson)
    },
  )
}
