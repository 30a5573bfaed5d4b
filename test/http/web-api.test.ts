import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { ADMINISTRATION_ROUTES } from '../../src/http/web-api/administration-routes.ts'
import { DESK_ROUTES } from '../../src/http/web-api/desk-routes.ts'
import { OPERATION_ROUTES } from '../../src/http/web-api/operation-routes.ts'
import { PAGE_ROUTES } from '../../src/http/web-api/page-routes.ts'
import { SUPPORT_ROUTES } from '../../src/http/web-api/support-routes.ts'

interface Declared {
  method: string
  path: string
  request?: { params?: z.ZodType; query?: z.ZodType; body?: Body }
  responses: Record<string, Body>
}
interface Body {
  content?: { 'application/json'?: { schema: z.ZodType } }
}
interface Named {
  param?: z.ZodType
  query?: z.ZodType
  json?: z.ZodType
  output: z.ZodType | null
  status: number
}

const declared = createApp().openAPIRegistry.definitions.flatMap((one) =>
  one.type === 'route' ? [one.route as unknown as Declared] : [],
)
const named = [PAGE_ROUTES, DESK_ROUTES, SUPPORT_ROUTES, OPERATION_ROUTES, ADMINISTRATION_ROUTES]
  .flatMap((routes) => Object.entries(routes))
  .flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Named>).map(
      ([method, route]): [string, string, Named] => [method, path, route],
    ),
  )

/** Lists make their schema anew each time: what is compared is what a schema says. */
const says = (schema: z.ZodType | null | undefined, io: 'input' | 'output') =>
  schema == null
    ? null
    : z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline', cycles: 'ref' })
const bodyOf = (body: Body | undefined) => body?.content?.['application/json']?.schema

describe('what the pages’ client is told of the API', () => {
  it.each(named)('is what the route itself declares: %s %s', (method, path, route) => {
    const found = declared.find((one) => one.method === method && one.path === path)
    expect(found).toBeDefined()
    expect(says(bodyOf(found?.responses[route.status]), 'output')).toEqual(
      says(route.output, 'output'),
    )
    expect(says(bodyOf(found?.request?.body), 'input')).toEqual(says(route.json, 'input'))
    expect(says(found?.request?.query, 'input')).toEqual(says(route.query, 'input'))
    expect(says(found?.request?.params, 'input')).toEqual(says(route.param, 'input'))
  })
})
