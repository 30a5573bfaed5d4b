import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import type { App } from '../../src/http/context.ts'
import { defineRoute, routesOf } from '../../src/http/route.ts'
import { idParams } from '../../src/http/schemas/common.ts'
import { pageQuery } from '../../src/http/schemas/lists.ts'
import { httpWorld } from '../support/http.ts'

interface Operation {
  operationId?: string
  summary?: string
  tags?: string[]
  security?: unknown[]
  'x-permission'?: string
  responses: Record<
    string,
    { description: string; content?: Record<string, unknown>; headers?: Record<string, unknown> }
  >
  parameters?: { name: string; in: string; required?: boolean }[]
  requestBody?: unknown
}
interface Document {
  openapi: string
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

async function read(): Promise<{ document: Document; operations: [string, Operation][] }> {
  const { ask } = await httpWorld()
  const document = await (await ask('/openapi.json')).json<Document>()
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): [string, Operation][] =>
      item[method] ? [[`${method} ${path}`, item[method]]] : [],
    ),
  )
  return { document, operations }
}

describe('the API document', () => {
  it('is OpenAPI 3.1, with this server, bearer tokens and the error envelope', async () => {
    const { document } = await read()
    expect(document.openapi).toBe('3.1.0')
    expect(document.servers).toEqual([{ url: 'http://ordersync.test' }])
    expect(document.components.securitySchemes).toHaveProperty('bearer')
    expect(document.components.schemas).toHaveProperty('Error')
  })

  it('has every route that is mounted', async () => {
    const { operations } = await read()
    const documented = operations.map(([name]) => name)
    const routes = routesOf(createApp())
    expect(routes.length).toBeGreaterThan(3)
    for (const { method, path } of routes) expect(documented).toContain(`${method} ${path}`)
  })

  it('names, sums up and sorts every operation, each by a name of its own', async () => {
    const { operations } = await read()
    for (const [name, operation] of operations) {
      expect(operation.operationId, name).toBeTruthy()
      expect(operation.summary, name).toBeTruthy()
      expect(operation.tags?.length, name).toBe(1)
    }
    const names = operations.map(([, { operationId }]) => operationId)
    expect(new Set(names).size).toBe(names.length)
  })

  it('lists what each operation may refuse, in the one envelope', async () => {
    const { operations } = await read()
    for (const [name, operation] of operations) {
      const statuses = Object.keys(operation.responses)
      const owed = ['400', '429', '500', '503']
      if (operation.requestBody !== undefined) owed.push('413', '415')
      if (operation['x-permission'] !== 'public') owed.push('401')
      expect(statuses, name).toEqual(expect.arrayContaining(owed))
      const errors = statuses.filter((status) => Number(status) >= 400)
      for (const status of errors)
        expect(JSON.stringify(operation.responses[status]), name).toContain(
          '#/components/schemas/Error',
        )
    }
  })

  it('says when to come back where an answer may say so', async () => {
    const { operations } = await read()
    for (const [name, { responses }] of operations)
      for (const [status, { headers = {} }] of Object.entries(responses))
        expect([name, status, 'Retry-After' in headers]).toEqual([
          name,
          status,
          status === '429' || status === '503',
        ])
  })

  it('marks answers that may be a replay, or older than they should be', async () => {
    const { operations } = await read()
    const marked = (header: string) =>
      operations.flatMap(([name, { responses }]) =>
        Object.values(responses).some(({ headers = {} }) => header in headers) ? [name] : [],
      )
    const takesKey = operations.flatMap(([name, { parameters = [] }]) =>
      parameters.some((one) => one.name === 'Idempotency-Key') ? [name] : [],
    )
    expect(marked('Idempotent-Replayed')).toEqual(takesKey)
    expect(takesKey.length).toBeGreaterThan(20)
    const stale = marked('X-Stale')
    expect(stale).toContain('get /api/v1/restaurants/{id}/menu')
    expect(stale).not.toContain('get /api/v1/carts/current')
  })

  it('knows the version of a cart by its tag, and asks for it where a cart is changed', async () => {
    const { operations } = await read()
    const carts = operations.filter(([name]) => name.includes('/carts/'))
    expect(carts.length).toBe(7)
    for (const [name, { responses, parameters = [] }] of carts) {
      expect(responses['200']!.headers, name).toHaveProperty('ETag')
      const matched = parameters.some((one) => one.in === 'header' && one.name === 'If-Match')
      expect(matched, name).toBe(!name.startsWith('get '))
    }
  })

  it('asks for a token exactly where the route does', async () => {
    const { operations } = await read()
    for (const [name, operation] of operations)
      expect(operation.security?.length === 0, name).toBe(operation['x-permission'] === 'public')
  })
})

describe('a documented route', () => {
  const probe = (app: App) =>
    defineRoute(
      app,
      {
        method: 'post',
        path: '/orders/{id}/refunds',
        operationId: 'probe',
        summary: 'Probe',
        tag: 'Test',
        permission: 'order:refund',
        restaurant: 'by-id',
        idempotency: 'required',
        request: {
          params: idParams,
          query: pageQuery,
          body: z.strictObject({ reason: z.string() }),
        },
        success: { status: 202, description: 'Under way', schema: z.object({ id: z.string() }) },
        refusals: ['REFUND_TOO_LARGE', 'ORDER_STATE'],
      },
      () => ({ ok: false, refusal: { kind: 'REFUND_TOO_LARGE', refundable: 0 } }),
    )

  it('tells path, query, key, body and each conflict by its reason', async () => {
    const { ask } = await httpWorld(probe)
    const { paths } = await (await ask('/openapi.json')).json<Document>()
    const operation = paths['/api/v1/orders/{id}/refunds']!.post!
    const parameters = operation.parameters!.map(({ name, in: at, required }) => [
      at,
      name,
      required ?? false,
    ])
    expect(parameters).toEqual(
      expect.arrayContaining([
        ['path', 'id', true],
        ['query', 'limit', false],
        ['query', 'cursor', false],
        ['header', 'Idempotency-Key', true],
      ]),
    )
    expect(operation.requestBody).toBeDefined()
    expect(Object.keys(operation.responses).sort()).toEqual([
      '202',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '415',
      '422',
      '429',
      '500',
      '503',
    ])
    for (const reason of ['REFUND_TOO_LARGE', 'ORDER_STATE', 'IDEMPOTENCY_IN_PROGRESS'])
      expect(operation.responses['409']!.description).toContain(reason)
  })
})

describe('the page that shows it', () => {
  it('refers to files of our own alone, and runs no inline script', async () => {
    const { ask } = await httpWorld()
    const response = await ask('/docs')
    const page = await response.text()
    const references = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, at]) => at)
    expect(references.length).toBeGreaterThan(2)
    for (const at of references) expect(at).toMatch(/^\/docs\/[\w.-]+$/)
    expect(page).not.toMatch(/<script(?![^>]*src=)/)
    expect(page).not.toMatch(/https?:/)
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('http')
  })

  it('gets its files from the built assets', async () => {
    const asked: string[] = []
    const { ask } = await httpWorld(undefined, {
      asset: (request) => {
        asked.push(new URL(request.url).pathname)
        return Promise.resolve(new Response('body {}', { headers: { 'content-type': 'text/css' } }))
      },
    })
    const response = await ask('/docs/swagger-ui.css')
    expect(response.headers.get('content-type')).toBe('text/css')
    expect(asked).toEqual(['/docs/swagger-ui.css'])
  })
})

describe('health', () => {
  it('is well while the process answers', async () => {
    const { ask } = await httpWorld()
    for (const path of ['/health', '/health/live', '/health/ready'])
      expect((await ask(path)).status).toBe(200)
  })

  it('is not ready while the platform database is away, but alive', async () => {
    const { ask, deps } = await httpWorld()
    deps.ready = () => Promise.resolve(false)
    expect((await ask('/health/ready')).status).toBe(503)
    expect((await ask('/health/live')).status).toBe(200)
  })

  it('shows the public keys and nothing of the private ones', async () => {
    const { ask } = await httpWorld()
    const { keys } = await (
      await ask('/.well-known/jwks.json')
    ).json<{ keys: Record<string, string>[] }>()
    expect(keys[0]).toMatchObject({ kid: 'first', kty: 'OKP' })
    expect(keys[0]).not.toHaveProperty('d')
  })
})
