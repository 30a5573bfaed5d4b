import { z } from '@hono/zod-openapi'
import { originOf } from '../links.ts'
import type { App } from '../context.ts'
import { answerError } from '../errors.ts'
import { docsPage, DOCS_POLICY } from '../docs-page.ts'
import { apiDocument } from '../openapi-document.ts'
import { defineRoute } from '../route.ts'

const health = z.object({ status: z.literal('ok') })
const OK = { ok: true, value: { status: 'ok' } } as const

/** Health, key set and the API's own description; at the root, not under `/api/v1`. */
export function systemRoutes(app: App): void {
  healthRoutes(app)
  defineRoute(
    app,
    {
      method: 'get',
      path: '/.well-known/jwks.json',
      operationId: 'listPublicKeys',
      summary: 'Public keys that verify access tokens',
      tag: 'System',
      permission: 'public',
      idempotency: 'none',
      success: {
        status: 200,
        description: 'JSON Web Key Set',
        schema: z.object({ keys: z.array(z.record(z.string(), z.string())) }),
      },
      refusals: [],
    },
    (c) => {
      c.header('Cache-Control', 'public, max-age=300')
      return { ok: true, value: c.var.deps.tokens.jwks() }
    },
  )
  let document: ReturnType<typeof apiDocument> | null = null
  app.get('/openapi.json', (c) => {
    document ??= apiDocument(app)
    return c.json({ ...document, servers: [{ url: originOf(c) }] })
  })
  for (const path of ['/docs', '/docs/'])
    app.get(path, (c) => c.html(docsPage(), 200, { 'Content-Security-Policy': DOCS_POLICY }))
  app.get('/docs/*', async (c) => {
    const file = await c.env.asset(c.req.raw)
    if (file.status < 400) return file
    return answerError(c, { status: 404, code: 'NOT_FOUND', message: 'ROUTE_NOT_FOUND' })
  })
}

function healthRoutes(app: App): void {
  const common = {
    method: 'get',
    tag: 'System',
    permission: 'public',
    idempotency: 'none',
    success: { status: 200, description: 'Yes', schema: health },
  } as const
  for (const path of ['/health', '/health/live'] as const)
    defineRoute(
      app,
      {
        ...common,
        path,
        operationId: path === '/health' ? 'getHealth' : 'getLiveness',
        summary: 'Is the process answering?',
        refusals: [],
      },
      () => OK,
    )
  defineRoute(
    app,
    {
      ...common,
      path: '/health/ready',
      operationId: 'getReadiness',
      summary: 'Does the platform database answer? Kitchens go on without it',
      refusals: ['TEMPORARILY_UNAVAILABLE'],
    },
    async (c) =>
      (await c.var.deps.ready())
        ? OK
        : { ok: false, refusal: { kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: 5 } },
  )
}
