import {
  createPartner,
  disablePartner,
  issuePartnerToken,
} from '../../usecases/identity/partners.ts'
import type { Context } from 'hono'
import type { Refusal } from '../../domain/refusal.ts'
import type { App, AppEnv } from '../context.ts'
import { basicOf } from '../credentials.ts'
import { refused } from '../errors.ts'
import { subscriberOf } from '../network.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import {
  createdPartner,
  partnerCreation,
  partnerJson,
  partnerSchema,
  partnerToken,
  tokenWish,
} from '../schemas/partners.ts'
import { pageOf, wholeListQuery } from '../schemas/settings-lists.ts'

const PARTNERS = {
  tag: 'Administration',
  path: '/admin/integrations/partners',
  permission: 'partner:manage',
} as const

/** Partner systems: made by administrators, let in by their secret. */
export function partnerRoutes(app: App): void {
  tokenRoute(app)
  listRoute(app)
  changeRoutes(app)
}

function tokenRoute(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Identity',
      method: 'post',
      path: '/oauth/token',
      operationId: 'issuePartnerToken',
      summary: "A partner's access token, by its client credentials",
      description:
        'RFC 6749 §4.4, as JSON or as a form (`application/x-www-form-urlencoded`). Id and secret ' +
        'come in the body or as Basic authentication.',
      permission: 'public',
      idempotency: 'none',
      limit: 'login',
      takesForms: true,
      request: { body: tokenWish },
      success: { status: 200, description: 'The token', schema: partnerToken },
      refusals: ['UNAUTHENTICATED', 'RATE_LIMITED'],
    },
    async (c) => {
      const basic = basicOf(c)
      const { client_id: id = '', client_secret: secret = '' } = c.req.valid('json')
      const [clientId, clientSecret] = basic ?? [id, secret]
      const network = subscriberOf(c.var.clientIp)
      const issued = await issuePartnerToken(c.var.deps, { clientId, clientSecret, network })
      if (!issued.ok && issued.refusal.kind === 'UNAUTHENTICATED' && basic !== null)
        return basicRefused(c as unknown as Context<AppEnv>, issued.refusal)
      return answer(issued, ({ accessToken, expiresInSeconds }) => ({
        access_token: accessToken,
        token_type: 'Bearer' as const,
        expires_in: expiresInSeconds,
      }))
    },
  )
}

/** RFC 6749 §5.2: the challenge is of the scheme that was tried. */
function basicRefused(c: Context<AppEnv>, refusal: Refusal): Response {
  const response = refused(c, refusal)
  response.headers.set('WWW-Authenticate', 'Basic realm="ordersync"')
  return response
}

function listRoute(app: App): void {
  defineRoute(
    app,
    {
      ...PARTNERS,
      method: 'get',
      operationId: 'listPartners',
      summary: 'Partner systems, newest first',
      idempotency: 'none',
      request: { query: wholeListQuery },
      success: { status: 200, description: 'Partners', schema: listSchema(partnerSchema) },
      refusals: [],
    },
    async (c) => {
      const partners = await c.var.deps.partners.list()
      return { ok: true, value: pageOf(partners, c.req.valid('query'), c.var.now, partnerJson) }
    },
  )
}

function changeRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...PARTNERS,
      method: 'post',
      operationId: 'createPartner',
      summary: 'Add a partner system; its secret is shown once',
      // The answer holds a secret: nothing of it may be kept to replay.
      idempotency: 'none',
      request: { body: partnerCreation },
      success: { status: 201, description: 'Added', schema: createdPartner },
      refusals: [],
    },
    async (c) => {
      const { partner, clientSecret } = await createPartner(c.var.deps, c.req.valid('json').name)
      return { ok: true, value: { ...partnerJson(partner), client_secret: clientSecret } }
    },
  )
  defineRoute(
    app,
    {
      ...PARTNERS,
      method: 'delete',
      path: '/admin/integrations/partners/{id}',
      operationId: 'disablePartner',
      summary: 'Disable a partner: its tokens are refused from the next request on',
      idempotency: 'none',
      request: { params: idParams },
      success: { status: 200, description: 'Disabled', schema: partnerSchema },
      refusals: ['NOT_FOUND'],
    },
    async (c) => answer(await disablePartner(c.var.deps, c.req.valid('param').id), partnerJson),
  )
}
