import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import type { App } from '../../src/http/context.ts'
import { deprecationHeaders, startOf, type Deprecation } from '../../src/http/deprecation.ts'
import { defineRoute } from '../../src/http/route.ts'
import { httpWorld } from '../support/http.ts'

const LEAVING: Deprecation = { since: '2026-11-20', sunset: '2027-05-20', link: '/docs' }

describe('what a deprecated route says', () => {
  const rows: [string, Deprecation, Record<string, string>][] = [
    [
      'since when and until when, as seconds and as an HTTP date',
      LEAVING,
      {
        Deprecation: '@1795132800',
        Sunset: 'Thu, 20 May 2027 00:00:00 GMT',
        Link: '</docs>; rel="deprecation"; type="text/html", </docs>; rel="sunset"; type="text/html"',
      },
    ],
    [
      'no end where none is set',
      { ...LEAVING, sunset: null },
      { Deprecation: '@1795132800', Link: '</docs>; rel="deprecation"; type="text/html"' },
    ],
  ]
  it.each(rows)('%s', (_, deprecation, headers) => {
    expect(Object.fromEntries(deprecationHeaders(deprecation))).toEqual(headers)
  })

  it.each(['2026-02-30', '2026-1-1', '20261-01-01'] as const)('knows no day %s', (day) => {
    expect(() => startOf(day)).toThrow('not a day')
  })

  it('cannot be gone before it was advised against', () => {
    expect(() => deprecationHeaders({ ...LEAVING, sunset: '2026-11-20' })).toThrow('gone on')
  })
})

describe('a route marked as deprecated', () => {
  const routes = (app: App) => {
    const common = {
      method: 'get',
      summary: 'Probe',
      tag: 'Test',
      idempotency: 'none',
      success: { status: 200, description: 'Yes', schema: z.object({}) },
    } as const
    const said = { ok: true, value: {} } as const
    defineRoute(
      app,
      {
        ...common,
        path: '/old',
        operationId: 'old',
        permission: 'public',
        deprecated: LEAVING,
        refusals: ['TEMPORARILY_UNAVAILABLE'],
      },
      (c) =>
        c.req.header('x-fail') === undefined
          ? said
          : { ok: false, refusal: { kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: 1 } },
    )
    defineRoute(
      app,
      {
        ...common,
        path: '/kept-in',
        operationId: 'kept',
        permission: 'settings:read',
        deprecated: { ...LEAVING, sunset: null },
        refusals: [],
      },
      () => said,
    )
    defineRoute(
      app,
      { ...common, path: '/new', operationId: 'new', permission: 'public', refusals: [] },
      () => said,
    )
  }
  const told = ({ headers }: Response) =>
    ['Deprecation', 'Sunset', 'Link'].map((name) => headers.get(name) !== null)

  it('says so with its answer, with its refusals, and to strangers', async () => {
    const { ask } = await httpWorld(routes)
    const answered = await ask('/api/v1/old')
    expect([answered.status, ...told(answered)]).toEqual([200, true, true, true])
    const refused = await ask('/api/v1/old', { headers: { 'x-fail': '1' } })
    expect([refused.status, ...told(refused)]).toEqual([503, true, true, true])
    const stranger = await ask('/api/v1/kept-in')
    expect([stranger.status, ...told(stranger)]).toEqual([401, true, false, true])
  })

  it('leaves the others alone', async () => {
    const { ask } = await httpWorld(routes)
    expect(told(await ask('/api/v1/new'))).toEqual([false, false, false])
    expect(told(await ask('/api/v1/nowhere'))).toEqual([false, false, false])
  })

  it('stands so in the API document', async () => {
    const { ask } = await httpWorld(routes)
    interface Described {
      deprecated?: boolean
      description?: string
      responses: Record<string, { headers?: object }>
    }
    const { paths } = await (
      await ask('/openapi.json')
    ).json<{ paths: Record<string, { get: Described }> }>()
    const { get: old } = paths['/api/v1/old']!
    expect(old.deprecated).toBe(true)
    expect(old.description).toContain('2027-05-20')
    expect(Object.keys(old.responses['200']!.headers!)).toEqual(['Deprecation', 'Sunset', 'Link'])
    expect(paths['/api/v1/new']!.get).not.toHaveProperty('deprecated')
  })
})
