import type { z } from '@hono/zod-openapi'
import type { Refusal } from '../domain/refusal.ts'
import { statusOf } from './errors.ts'
import type { Access, RestaurantFrom } from './route.ts'
import { errorSchema } from './schemas/common.ts'

interface Described {
  permission: Access
  restaurant?: RestaurantFrom | undefined
  idempotency: 'required' | 'taken' | 'none'
  request?: { params?: unknown; query?: unknown; body?: unknown }
  binary?: readonly string[]
  success: { status: number; description: string; schema?: z.ZodType }
  alsoAnswers?: Readonly<Record<number, string>>
  refusals: readonly Refusal['kind'][]
}

interface DescribedAnswer {
  description: string
  content?: { 'application/json': { schema: z.ZodType } }
}

/** What the middleware of a route may refuse before its handler is asked. */
function refusalsBefore(spec: Described): Refusal['kind'][] {
  const { params, query, body } = spec.request ?? {}
  const parses =
    params ?? query ?? body ?? spec.binary ?? (spec.idempotency === 'none' ? undefined : true)
  return [
    ...(parses === undefined ? [] : (['INVALID'] as const)),
    ...(spec.permission === 'public' ? [] : (['UNAUTHENTICATED'] as const)),
    ...(spec.permission === 'public' || spec.permission === 'optional'
      ? []
      : (['FORBIDDEN'] as const)),
    ...(spec.restaurant ? (['NOT_FOUND'] as const) : []),
    ...(spec.idempotency === 'none'
      ? []
      : (['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS'] as const)),
    'RATE_LIMITED',
    'TEMPORARILY_UNAVAILABLE',
  ]
}

/** The true list of a route's answers: its success, its refusals grouped by status, and 500. */
export function responsesOf(spec: Described): Record<number, DescribedAnswer> {
  const { status, description, schema } = spec.success
  const responses: Record<number, DescribedAnswer> = {
    [status]: { description, ...(schema && { content: { 'application/json': { schema } } }) },
  }
  for (const [also, text] of Object.entries(spec.alsoAnswers ?? {}))
    responses[Number(also)] = { description: text }
  const error = (text: string): DescribedAnswer => ({
    description: text,
    content: { 'application/json': { schema: errorSchema } },
  })
  const byStatus = new Map<number, Set<string>>()
  const note = (at: number, text: string) =>
    byStatus.set(at, (byStatus.get(at) ?? new Set()).add(text))
  for (const kind of [...refusalsBefore(spec), ...spec.refusals]) {
    const answer = statusOf(kind)
    note(answer.status, answer.code === 'CONFLICT' ? `CONFLICT: ${kind}` : answer.code)
  }
  if (spec.request?.body !== undefined || spec.binary !== undefined) {
    note(413, 'PAYLOAD_TOO_LARGE')
    note(415, 'UNSUPPORTED_MEDIA_TYPE')
  }
  note(500, 'INTERNAL_ERROR')
  for (const [at, texts] of byStatus) responses[at] = error([...texts].join(', '))
  return responses
}
