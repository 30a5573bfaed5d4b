import type { z } from '@hono/zod-openapi'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export interface WebRoute {
  param?: z.ZodType
  query?: z.ZodType
  json?: z.ZodType
  /** Null: the answer has no body. */
  output: z.ZodType | null
  status: 200 | 201 | 202 | 204
}

/**
 * What pages call, by path as the routes write it. For the client's types alone: nothing of this
 * runs. A test holds every entry to what the route itself declares.
 */
export type WebRoutes = Record<string, Partial<Record<Method, WebRoute>>>
