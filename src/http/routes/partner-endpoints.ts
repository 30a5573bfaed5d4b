import {
  addEndpoint,
  enableEndpoint,
  listEndpoints,
  moveEndpoint,
  removeEndpoint,
  rotateEndpointSecret,
  type NewEndpoint,
} from '../../usecases/partners/endpoints.ts'
import { testEndpoint } from '../../usecases/partners/test-endpoint.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import {
  endpointJson,
  endpointParams,
  endpointSchema,
  endpointTest,
  endpointTestJson,
  endpointWish,
  newEndpointSchema,
  secretRotation,
} from '../schemas/partner-endpoints.ts'
import { pageOf, wholeListQuery } from '../schemas/settings-lists.ts'

const ALL = '/admin/integrations/partners/{id}/endpoints'
const ONE = `${ALL}/{endpoint_id}` as const
/** Why a repeat needs no memory. */
const SETS = 'Sets what it says: called again, under a key or not, it is the same.'
const ENDS = 'What has ended stays so: called again, under a key or not, nothing changes.'

const ENDPOINTS = {
  tag: 'Administration',
  permission: 'partner:manage',
  idempotency: 'none',
} as const

const withSecret = ({ endpoint, secret }: NewEndpoint) => ({ ...endpointJson(endpoint), secret })

/** Where partners want events pushed to. */
export function partnerEndpointRoutes(app: App): void {
  listRoutes(app)
  changeRoutes(app)
  secretRoutes(app)
  tryRoutes(app)
}

function listRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ENDPOINTS,
      method: 'get',
      path: ALL,
      operationId: 'listPartnerEndpoints',
      summary: 'Where a partner has events pushed to',
      request: { params: idParams, query: wholeListQuery },
      success: { status: 200, description: 'Endpoints', schema: listSchema(endpointSchema) },
      refusals: ['NOT_FOUND'],
    },
    async (c) =>
      answer(await listEndpoints(c.var.deps, c.req.valid('param').id), (endpoints) =>
        pageOf(endpoints, c.req.valid('query'), c.var.now, endpointJson),
      ),
  )
}

function changeRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ENDPOINTS,
      method: 'patch',
      path: ONE,
      operationId: 'movePartnerEndpoint',
      summary: 'Another address for what is pushed; the secret stays',
      description: SETS,
      idempotency: 'taken',
      request: { params: endpointParams, body: endpointWish },
      success: { status: 200, description: 'As it is now', schema: endpointSchema },
      refusals: ['NOT_FOUND', 'PARTNER_DISABLED'],
    },
    async (c) => {
      const { id, endpoint_id: endpointId } = c.req.valid('param')
      const { url } = c.req.valid('json')
      const { deps } = c.var
      return answer(await moveEndpoint(deps, id, endpointId, url, actingIn(c.var)), endpointJson)
    },
  )
  defineRoute(
    app,
    {
      ...ENDPOINTS,
      method: 'delete',
      path: ONE,
      operationId: 'removePartnerEndpoint',
      summary: 'Nothing is pushed there any more',
      description: ENDS,
      idempotency: 'taken',
      request: { params: endpointParams },
      success: { status: 204, description: 'Removed' },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id, endpoint_id: endpointId } = c.req.valid('param')
      return answer(await removeEndpoint(c.var.deps, id, endpointId, actingIn(c.var)), () => null)
    },
  )
}

function secretRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ENDPOINTS,
      method: 'post',
      path: ALL,
      operationId: 'addPartnerEndpoint',
      summary: 'Push to an address what the partner may see; its secret is shown once',
      description:
        'What is pushed is signed as Standard Webhooks. Pushed is what happens from now on. ' +
        'Called again it adds another: whoever got no answer finds it in the list, and takes it away.',
      request: { params: idParams, body: endpointWish },
      success: { status: 201, description: 'Added', schema: newEndpointSchema },
      refusals: ['NOT_FOUND', 'PARTNER_DISABLED'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const { url } = c.req.valid('json')
      return answer(await addEndpoint(c.var.deps, id, url, actingIn(c.var)), withSecret)
    },
  )
  defineRoute(
    app,
    {
      ...ENDPOINTS,
      method: 'post',
      path: `${ONE}/rotate`,
      operationId: 'rotatePartnerEndpointSecret',
      summary: 'A new secret for an endpoint; it is shown once',
      description:
        'Pushes bear the signatures of both for `overlap_seconds`. Called again it is another ' +
        'rotation, after which the second-last secret signs nothing.',
      request: { params: endpointParams, body: secretRotation },
      success: { status: 201, description: 'The new secret', schema: newEndpointSchema },
      refusals: ['NOT_FOUND', 'PARTNER_DISABLED'],
    },
    async (c) => {
      const { id, endpoint_id: endpointId } = c.req.valid('param')
      const { overlap_seconds: overlap } = c.req.valid('json')
      const { deps } = c.var
      return answer(
        await rotateEndpointSecret(deps, id, endpointId, overlap, actingIn(c.var)),
        withSecret,
      )
    },
  )
}

function tryRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ENDPOINTS,
      method: 'post',
      path: `${ONE}/enable`,
      operationId: 'enablePartnerEndpoint',
      summary: 'Push to an endpoint again that was disabled for its failures',
      description: 'What it did not get meanwhile can be sent again from the outbox.',
      idempotency: 'taken',
      request: { params: endpointParams },
      success: { status: 200, description: 'Enabled', schema: endpointSchema },
      refusals: ['NOT_FOUND', 'PARTNER_DISABLED'],
    },
    async (c) => {
      const { id, endpoint_id: endpointId } = c.req.valid('param')
      return answer(await enableEndpoint(c.var.deps, id, endpointId, actingIn(c.var)), endpointJson)
    },
  )
  defineRoute(
    app,
    {
      ...ENDPOINTS,
      method: 'post',
      path: `${ONE}/test`,
      operationId: 'testPartnerEndpoint',
      summary: 'Send an endpoint a signed `TEST` event now',
      description:
        'The answer is what came back. Also while the endpoint is disabled. Called again it sends ' +
        'another, with an id of its own: nothing is owed of either.',
      request: { params: endpointParams },
      success: { status: 200, description: 'What came back', schema: endpointTest },
      refusals: ['NOT_FOUND', 'PARTNER_DISABLED'],
    },
    async (c) => {
      const { id, endpoint_id: endpointId } = c.req.valid('param')
      return answer(await testEndpoint(c.var.deps, id, endpointId), endpointTestJson)
    },
  )
}
