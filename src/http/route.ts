import { createRoute, type z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Actor } from '../domain/actor.ts'
import type { LimitClass } from '../domain/limits/call-limits.ts'
import type { Permission } from '../domain/permissions.ts'
import type { Refusal } from '../domain/refusal.ts'
import { bytesDigest } from './canonical.ts'
import type { App, AppEnv, HttpVariables } from './context.ts'
import { deprecated, describeDeprecation, type Deprecation } from './deprecation.ts'
import { refused } from './errors.ts'
import { authorise } from './middleware/authorise.ts'
import { edgeCache, type EdgeCaching } from './middleware/edge-cache.ts'
import { IDEMPOTENCY_HEADER, idempotencyKey, noteIdempotency } from './middleware/idempotency.ts'
import { plainBody } from './middleware/plain-body.ts'
import { strictLimit } from './middleware/rate-limit.ts'
import { templateOf } from './middleware/request-log.ts'
import { keyParameter, MATCHED_VERSION, responsesOf } from './openapi.ts'
import { parseRequest, type RequestSchemas } from './parse-request.ts'
import { pass, type Step } from './step.ts'

/** `public`: tokens are not looked at. `optional`: a token is verified where one is sent. */
export type Access = Permission | 'public' | 'optional'
/**
 * Which restaurant's object decides; it then also refuses sessions that have ended, without D1.
 * `me`: the one the actor works for (`X-Restaurant-Id` names one of several). `by-id`: the one whose
 * key the first path parameter carries. `in-body`: only the body tells; take `askerAt` in the handler.
 * `any-own`: the platform decides, and whoever works somewhere counts by what they are there too; the
 * handler asks where.
 * Left out: the platform decides, and whether the session is open is read from D1.
 */
export type RestaurantFrom = 'me' | 'by-id' | 'in-body' | 'any-own'

export interface RouteSpec<
  P extends Access,
  R extends RestaurantFrom | undefined,
  S extends RequestSchemas,
  A extends z.ZodType,
> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** In OpenAPI's spelling: `/orders/{id}`. */
  path: string
  operationId: string
  summary: string
  description?: string
  tag: string
  /** Every answer then says since when, until when, and where to read on. */
  deprecated?: Deprecation
  permission: P
  restaurant?: R
  /** A socket's upgrade: the token may come as browsers can send it; the handler answers with the 101. */
  opens?: 'socket'
  /** A partner may sign the call instead of sending a token. */
  signed?: true
  /** The body may also come as a form, which is read as the JSON it stands for. */
  takesForms?: true
  /** A stricter limit by address, beside the one that every call counts for. */
  limit?: LimitClass
  /** Strangers may be answered from the cache at the edge, apart by the query's own parameters. */
  cached?: EdgeCaching
  /** `required` and `taken` give `c.var.idempotency`; `none` ignores the header. */
  idempotency: 'required' | 'taken' | 'none'
  /** The answer's `ETag` is the version of what it tells; `matched`: which `If-Match` may ask for. */
  version?: 'answered' | 'matched'
  request?: S
  /** The body is taken as it is, as one of these media types; the handler reads its bytes. */
  binary?: readonly string[]
  success: { status: 101 | 200 | 201 | 202 | 204; description: string; schema?: A }
  /** Further answers that the handler builds itself, e.g. 304 or a redirect. */
  alsoAnswers?: Readonly<Record<number, string>>
  /** Kinds the handler may answer; those of parsing and access are added by themselves. */
  refusals: readonly Refusal['kind'][]
}

type Parsed<S extends RequestSchemas> = object &
  (S['params'] extends z.ZodType ? { param: z.output<S['params']> } : unknown) &
  (S['query'] extends z.ZodType ? { query: z.output<S['query']> } : unknown) &
  (S['body'] extends z.ZodType ? { json: z.output<S['body']> } : unknown)

type Variables<P extends Access, R extends RestaurantFrom | undefined> = Omit<
  HttpVariables,
  'actor' | 'asker' | 'restaurantId'
> & {
  actor: P extends 'public' ? null : P extends 'optional' ? Actor | null : Actor
} & (R extends 'me' | 'by-id' ? Pick<HttpVariables, 'asker'> : unknown) &
  (R extends 'me' ? Pick<HttpVariables, 'restaurantId'> : unknown)

export type RouteContext<
  P extends Access,
  R extends RestaurantFrom | undefined,
  S extends RequestSchemas,
> = Context<
  { Bindings: AppEnv['Bindings']; Variables: Variables<P, R> },
  string,
  { in: Parsed<S>; out: Parsed<S> }
>

type AsReadonly<T> = T extends readonly (infer E)[]
  ? readonly AsReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: AsReadonly<T[K]> }
    : T

/** What a handler gives back: a body for the route's success, or a refusal. */
export type Answer<T> =
  { ok: true; value: T; replayed?: boolean | undefined } | { ok: false; refusal: Refusal }

/** Maps the value of a use case's or command's outcome to the body; refusals pass through. */
export function answer<T, J>(
  outcome: { ok: true; value: T; replayed?: boolean | undefined } | { ok: false; refusal: Refusal },
  toJson: (value: T) => J,
): Answer<J> {
  if (!outcome.ok) return outcome
  return { ok: true, value: toJson(outcome.value), replayed: outcome.replayed }
}

type MaybePromise<T> = T | Promise<T>

/**
 * Registers a route: authenticate → authorise → parse → handler → map. A handler answers with
 * `answer(outcome, toJson)`, or with a `Response` of its own where the body is not JSON.
 */
export function defineRoute<
  const P extends Access,
  const S extends RequestSchemas,
  A extends z.ZodType,
  const R extends RestaurantFrom | undefined = undefined,
>(
  app: App,
  spec: RouteSpec<P, R, S, A>,
  handler: (c: RouteContext<P, R, S>) => MaybePromise<Answer<AsReadonly<z.input<A>>> | Response>,
): void {
  const { params, query, body } = spec.request ?? ({} as RequestSchemas)
  const route = createRoute({
    method: spec.method,
    path: spec.path,
    operationId: spec.operationId,
    summary: spec.summary,
    tags: [spec.tag],
    ...describedAs(spec),
    security: securityOf(spec.permission, spec.signed),
    'x-permission': spec.permission,
    ...(spec.permission !== 'public' && { 'x-restaurant': spec.restaurant ?? 'platform' }),
    parameters: [
      ...(spec.idempotency === 'none' ? [] : [keyParameter(spec.idempotency === 'required')]),
      ...(spec.version === 'matched' ? [MATCHED_VERSION] : []),
    ],
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(body && { body: { required: true, content: { 'application/json': { schema: body } } } }),
      ...(spec.binary && { body: { required: true, content: binaryContent(spec.binary) } }),
    },
    responses: responsesOf(spec),
  })
  const steps: readonly Step[] = [
    ...(spec.limit ? [strictLimit(spec.limit)] : []),
    authorise(spec.permission, spec.restaurant, spec.opens, spec.signed),
    idempotencyKey(spec.idempotency),
    ...(body || spec.binary ? [plainBody] : []),
    ...(spec.request ? [parseRequest(spec.request, spec.takesForms)] : []),
  ]
  let template: string | null = null
  const serve = async (c: Context<AppEnv, string>): Promise<Response> => {
    c.set('template', (template ??= templateOf(c)))
    const passed = pass(c, steps)
    const answered = passed instanceof Promise ? await passed : passed
    if (answered !== null) return answered
    if (spec.idempotency === 'none') c.set('idempotency', null)
    else
      await noteIdempotency(c, spec.idempotency, {
        method: spec.method,
        path: spec.path,
        params: params ? c.req.valid('param' as never) : {},
        body: body ? c.req.valid('json' as never) : spec.binary ? await digestOf(c) : null,
      })
    const given = await handler(c as unknown as RouteContext<P, R, S>)
    if (given instanceof Response) return given
    if (!given.ok) return refused(c, given.refusal)
    if (given.replayed === true) c.header('Idempotent-Replayed', 'true')
    const { status } = spec.success
    if (status === 101) throw new Error('only the handler can answer with a socket')
    const response = status === 204 ? c.body(null, 204) : json(c, given.value as object, status)
    if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'no-store')
    return response
  }
  app.openAPIRegistry.registerPath(route)
  app.on(
    spec.method,
    [route.getRoutingPath()],
    ...(spec.deprecated ? [deprecated(spec.deprecated)] : []),
    ...(spec.cached ? [edgeCache(spec.cached, Object.keys(query?.shape ?? {}))] : []),
    serve,
  )
}

function describedAs(spec: { description?: string; deprecated?: Deprecation }) {
  const said = [spec.description, spec.deprecated && describeDeprecation(spec.deprecated)]
  const description = said.filter((text) => text !== undefined).join('\n\n')
  return {
    ...(description !== '' && { description }),
    ...(spec.deprecated && { deprecated: true }),
  }
}

const encoder = new TextEncoder()
const JSON_TYPE = { 'Content-Type': 'application/json' }

/** As the framework's own way, but as bytes: the runtime takes much longer over a text that is not Latin. */
const json = (c: Context<AppEnv>, value: object, status: 200 | 201 | 202): Response =>
  c.body(encoder.encode(JSON.stringify(value)) as Uint8Array<ArrayBuffer>, status, JSON_TYPE)

const binaryContent = (types: readonly string[]) =>
  Object.fromEntries(
    types.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }]),
  )

/** Bytes are told apart by their digest, and only where a key asks for it. */
const digestOf = async (c: Context<AppEnv>): Promise<string | null> =>
  c.req.header(IDEMPOTENCY_HEADER) === undefined ? null : bytesDigest(await c.req.arrayBuffer())

const securityOf = (access: Access, signed?: true): Record<string, string[]>[] => {
  if (access === 'public') return []
  if (signed) return [{ bearer: [] }, { signature: [] }]
  return access === 'optional' ? [{}, { bearer: [] }] : [{ bearer: [] }]
}

export interface RouteRecord {
  operationId: string
  tag: string
  method: string
  path: string
  permission: Access
  /** Which restaurant decides; see `RestaurantFrom`. */
  restaurant: RestaurantFrom | 'platform'
}

/** Every route of the app: what it asks for, and who decides. */
export const routesOf = (app: App): RouteRecord[] =>
  app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' ? [recordOf(definition.route)] : [],
  )

type Route = Extract<App['openAPIRegistry']['definitions'][number], { type: 'route' }>['route']

const recordOf = (route: Route): RouteRecord => ({
  operationId: route.operationId ?? '',
  tag: route.tags?.[0] ?? '',
  method: route.method,
  path: route.path,
  permission: route['x-permission'] as Access,
  restaurant: (route['x-restaurant'] ?? 'platform') as RouteRecord['restaurant'],
})
