import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Refusal } from '../../domain/refusal.ts'
import type { App, AppEnv } from '../context.ts'
import { refused } from '../errors.ts'
import { plainBody } from '../middleware/plain-body.ts'
import { parseRequest, type RequestSchemas } from '../parse-request.ts'
import { withAndWithoutSlash, type Translated } from '../source-paths.ts'
import { pass } from '../step.ts'
import type { AskWithin, InnerCall } from './ask-within.ts'
import { defaultRestaurantOf } from './default-restaurant.ts'

type Output<S, K extends keyof S> = S[K] extends z.ZodType ? z.output<S[K]> : null

/** A request of the sources, parsed, and whom to ask. */
export interface SourceCall<S extends RequestSchemas> {
  c: Context<AppEnv>
  restaurantId: string
  param: Output<S, 'params'>
  query: Output<S, 'query'>
  body: Output<S, 'body'>
  ask: (call: InnerCall) => Promise<Response>
}

export interface TranslatedRoute<S extends RequestSchemas> {
  request: S
  /** Gives the canonical answer in the sources' words, or a refusal of its own. */
  answer(call: SourceCall<S>): Promise<Response | Refusal>
}

/** Keeps the types of one route together in a table of many. */
export const translation =
  <const S extends RequestSchemas>(route: TranslatedRoute<S>) =>
  (app: App, { method, path }: Translated, askWithin: AskWithin): void => {
    const { params, query, body } = route.request
    const steps = [...(body ? [plainBody] : []), parseRequest(route.request)]
    const patterns = withAndWithoutSlash(path.replaceAll(/\{(\w+)\}/g, ':$1'))
    app.on(method, [...patterns], async (c) => {
      c.set('bySource', true)
      const restaurantId = await defaultRestaurantOf(c)
      if (restaurantId === null) return refused(c, { kind: 'DEFAULT_RESTAURANT_UNSET' })
      const answered = await pass(c, steps)
      if (answered !== null) return answered
      const valid = (target: string, schema: z.ZodType | undefined) =>
        (schema ? c.req.valid(target as never) : null) as never
      const given = await route.answer({
        ...{ c, restaurantId },
        param: valid('param', params),
        query: valid('query', query),
        body: valid('json', body),
        ask: (call) => askWithin(c, call),
      })
      return given instanceof Response ? given : refused(c, given)
    })
  }

const encoder = new TextEncoder()

/** What was answered, in other words; refusals and "not modified" stay as they are. */
export async function retold(
  answered: Response,
  retell: (body: never) => unknown,
): Promise<Response> {
  if (!answered.ok) return answered
  const { status, headers } = answered
  const body = JSON.stringify(retell(await answered.json<never>()))
  return new Response(encoder.encode(body), { status, headers })
}
