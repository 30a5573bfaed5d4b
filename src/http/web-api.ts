import type { z } from '@hono/zod-openapi'
import type { Hono } from 'hono'
import type { BlankEnv } from 'hono/types'
import type { ADMINISTRATION_ROUTES } from './web-api/administration-routes.ts'
import type { DESK_ROUTES } from './web-api/desk-routes.ts'
import type { OPERATION_ROUTES } from './web-api/operation-routes.ts'
import type { PAGE_ROUTES } from './web-api/page-routes.ts'
import type { SUPPORT_ROUTES } from './web-api/support-routes.ts'
import type { WebRoute, WebRoutes } from './web-api/web-routes.ts'

type InHono<P extends string> = P extends `${infer Before}{${infer Name}}${infer After}`
  ? `${Before}:${Name}${InHono<After>}`
  : P

type Part<R, K extends string, T> = R extends Record<K, z.ZodType> ? T : object
/** Queries travel as text; what they may be is the schema's to say. */
type Texts<Q> = { [K in keyof Q]: Q[K] extends undefined ? undefined : string }

type Endpoint<R extends WebRoute> = {
  input: Part<R, 'param', { param: Record<keyof z.input<NonNullable<R['param']>>, string> }> &
    Part<R, 'query', { query: Partial<Texts<z.input<NonNullable<R['query']>>>> }> &
    Part<R, 'json', { json: z.input<NonNullable<R['json']>> }>
  output: R['output'] extends z.ZodType ? z.output<R['output']> : null
  outputFormat: 'json'
  status: R['status']
}

type SchemaOf<R extends WebRoutes> = {
  [P in Extract<keyof R, string> as InHono<P>]: {
    [M in Extract<keyof R[P], string> as `$${M}`]: R[P][M] extends WebRoute
      ? Endpoint<R[P][M]>
      : never
  }
}

/** As the typed client wants it: for guests, the board and the office. */
export type WebApi = Hono<BlankEnv, SchemaOf<typeof PAGE_ROUTES>>
/** For the desk of support and administration. */
export type DeskApi = Hono<
  BlankEnv,
  SchemaOf<
    typeof DESK_ROUTES &
      typeof SUPPORT_ROUTES &
      typeof OPERATION_ROUTES &
      typeof ADMINISTRATION_ROUTES
  >
>
