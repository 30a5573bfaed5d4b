import {
  createPartner,
  disablePartner,
  issuePartnerToken,
} from '../../usecases/identity/partners.ts'
import { editPartner } from '../../usecases/partners/edit-partner.ts'
import { findPartner } from '../../usecases/partners/live-partner.ts'
import type { Context } from 'hono'
import type { Refusal } from '../../domain/refusal.ts'
import { actingIn } from '../acting.ts'
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
  partnerEditing,
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
const ONE = '/admin/integrations/partners/{id}'

/** Partner systems: made by administrators, let in by their secret. */
export function partnerRoutes(app: App): void {
  tokenRoute(app)
  readRoutes(app)
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
      const certificate = c.env.clientCertificate(c.req.raw)
      const issued = await issuePartnerToken(c.var.deps, {
        clientId,
        clientSecret,
        network,
        certificate,
      })
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

function readRoutes(app: App): void {
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
  defineRoute(
    app,
    {
      ...PARTNERS,
      method: 'get',
      path: ONE,
      operationId: 'getPartner',
      summary: 'One partner system',
      idempotency: 'none',
      request: { params: idParams },
      success: { status: 200, description: 'The partner', schema: partnerSchema },
      refusals: ['NOT_FOUND'],
    },
    async (c) => answer(await findPartner(c.var.deps, c.req.valid('param').id), partnerJson),
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
      description:
        'It sees nothing yet: what it may see are its subscriptions. Called again it adds another.',
      // The answer holds a secret: nothing of it may be kept to replay.
      idempotency: 'none',
      request: { body: partnerCreation },
      success: { status: 201, description: 'Added', schema: createdPartner },
      refusals: [],
    },
    async (c) => {
      const { name, cert_fingerprint: certFingerprint = null } = c.req.valid('json')
      const wanted = { name, certFingerprint }
      const { partner, clientSecret } = await createPartner(c.var.deps, wanted, actingIn(c.var))
      return { ok: true, value: { ...partnerJson(partner), client_secret: clientSecret } }
    },
  )
  defineRoute(
    app,
    {
      ...PARTNERS,
      method: 'patch',
      path: ONE,
      operationId: 'editPartner',
      summary: "A partner's name, and the certificate its calls must come with",
      description: 'Sets what it says: called again, under a key or not, it is the same.',
      idempotency: 'taken',
      request: { params: idParams, body: partnerEditing },
      success: { status: 200, description: 'As it is now', schema: partnerSchema },
      refusals: ['NOT_FOUND', 'PARTNER_DISABLED'],
    },
    async (c) => {
      const { name, cert_fingerprint: certFingerprint } = c.req.valid('json')
      const changes = {
        ...(name !== undefined && { name }),
        ...(certFingerprint !== undefined && { certFingerprint }),
      }
      const { id } = c.req.valid('param')
      return answer(await editPartner(c.var.deps, id, changes, actingIn(c.var)), partnerJson)
    },
  )
  defineRoute(
    app,
    {
      ...PARTNERS,
      method: 'delete',
      path: ONE,
      operationId: 'disablePartner',
      summary: 'Disable a partner, for good',
      description:
        'From the next request on its tokens and signatures are refused, what its workers hold is ' +
        'taken from them, and nothing is pushed to it any more. Called again, under a key or not, ' +
        'nothing changes.',
      idempotency: 'taken',
      request: { params: idParams },
      success: { status: 200, description: 'Disabled', schema: partnerSchema },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      return answer(await disablePartner(c.var.deps, id, actingIn(c.var)), partnerJson)
    },
  )
}
