import type { z } from '@hono/zod-openapi'
import type { Refusal } from '../domain/refusal.ts'
import { statusOf } from './errors.ts'
import { IDEMPOTENCY_HEADER } from './middleware/idempotency.ts'
import type { Access, RestaurantFrom } from './route.ts'
import { errorSchema } from './schemas/common.ts'

interface Described {
  permission: Access
  restaurant?: RestaurantFrom | undefined
  idempotency: 'required' | 'taken' | 'none'
  version?: 'answered' | 'matched' | undefined
  cached?: object | undefined
  deprecated?: { sunset: string | null } | undefined
  request?: { params?: unknown; query?: unknown; body?: unknown }
  binary?: readonly string[]
  success: { status: number; description: string; schema?: z.ZodType }
  alsoAnswers?: Readonly<Record<number, string>>
  refusals: readonly Refusal['kind'][]
}

interface DescribedAnswer {
  description: string
  content?: { 'application/json': { schema: z.ZodType } }
  headers?: Record<string, DescribedHeader>
}

// An interface would lack the index signature that documents' headers have.
type DescribedHeader = {
  description: string
  schema: { type: 'string' | 'integer'; enum?: string[] }
}

const MARK = { type: 'string', enum: ['true'] } satisfies DescribedHeader['schema']
const RETRY_AFTER: DescribedHeader = {
  description: 'Seconds until trying again makes sense',
  schema: { type: 'integer' },
}

export const keyParameter = (required: boolean) => ({
  name: IDEMPOTENCY_HEADER,
  in: 'header' as const,
  required,
  description: 'The same key with the same request has one effect and one answer',
  schema: { type: 'string' as const, minLength: 1, maxLength: 255 },
})

export const MATCHED_VERSION = {
  name: 'If-Match',
  in: 'header' as const,
  required: false,
  description: 'The `ETag` of the answer that the change was made up for; `*`: whatever stands',
  schema: { type: 'string' as const },
}

const text = (description: string): DescribedHeader => ({
  description,
  schema: { type: 'string' },
})

/** What a success may say beside its body. */
const headersOf = ({ idempotency, version, cached, deprecated }: Described) => ({
  ...(deprecated && {
    Deprecation: text('Since when it is advised against (RFC 9745)'),
    ...(deprecated.sunset !== null && { Sunset: text('When it may be gone (RFC 8594)') }),
    Link: text('Where to read what to call instead'),
  }),
  ...(idempotency !== 'none' && {
    'Idempotent-Replayed': {
      description: 'The key was sent before: nothing was done again',
      schema: MARK,
    },
  }),
  ...(version !== undefined && {
    ETag: {
      description: 'The version that it tells, for `If-Match`',
      schema: { type: 'string' as const },
    },
  }),
  ...(cached !== undefined && {
    'X-Stale': {
      description: 'What answers this fails for the moment: the last answer that is known',
      schema: MARK,
    },
  }),
})

/** What the middleware of a route may refuse before its handler is asked. */
function refusalsBefore(spec: Described): Refusal['kind'][] {
  return [
    // At least the context headers may be refused (middleware/context-headers.ts).
    'INVALID',
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
    [status]: {
      description,
      headers: headersOf(spec),
      ...(schema && { content: { 'application/json': { schema } } }),
    },
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
  for (const [at, texts] of byStatus)
    responses[at] = {
      ...error([...texts].join(', ')),
      ...((at === 429 || at === 503) && { headers: { 'Retry-After': RETRY_AFTER } }),
    }
  return responses
}
