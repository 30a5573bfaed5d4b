import { z } from '@hono/zod-openapi'
import type { EndpointTest } from '../../usecases/partners/test-endpoint.ts'
import type { PartnerEndpoint } from '../../usecases/partners/types.ts'
import { idParams, idSchema, isoTime, timeSchema } from './common.ts'
import { overlapSeconds } from './partners.ts'

export const endpointParams = idParams.extend({ endpoint_id: idSchema })

export const endpointWish = z
  .strictObject({
    url: z.string().min(1).max(500).openapi({
      description: 'https on its own port, of a public host, without an account in it',
    }),
  })
  .openapi('PartnerEndpointWish', { example: { url: 'https://hooks.example.com/ordersync' } })

export const secretRotation = z
  .strictObject({ overlap_seconds: overlapSeconds })
  .openapi('EndpointRotation', { example: { overlap_seconds: 86_400 } })

export const endpointSchema = z
  .object({
    id: idSchema,
    url: z.string(),
    created_at: timeSchema,
    previous_secret_until: timeSchema.nullable().openapi({
      description: 'While the secret before signs besides the new one: until when',
    }),
    disabled_at: timeSchema.nullable(),
    disabled_reason: z.string().nullable(),
  })
  .openapi('PartnerEndpoint', {
    example: {
      id: '7b0c7b50-2f3e-4c0a-9d55-0a4e3f6d2c11',
      url: 'https://hooks.example.com/ordersync',
      created_at: '2026-11-20T03:00:00.000Z',
      previous_secret_until: null,
      disabled_at: null,
      disabled_reason: null,
    },
  })

export const newEndpointSchema = endpointSchema
  .extend({
    secret: z.string().openapi({ description: '`whsec_…`; shown this once' }),
  })
  .openapi('NewPartnerEndpoint')

export const endpointJson = (endpoint: PartnerEndpoint) => ({
  id: endpoint.id,
  url: endpoint.url,
  created_at: isoTime(endpoint.createdAt),
  previous_secret_until: isoTime(endpoint.previousUntil),
  disabled_at: isoTime(endpoint.disabledAt),
  disabled_reason: endpoint.disabledReason,
})

export const endpointTest = z
  .object({
    event_id: idSchema,
    outcome: z.enum(['TAKEN', 'REFUSED', 'UNANSWERED', 'NOT_SENT']),
    status: z.int().nullable(),
    reason: z.string().nullable(),
    took_ms: z.int(),
  })
  .openapi('PartnerEndpointTest', {
    example: {
      event_id: '0199d2a1-6ef0-4b11-8d20-5c1b7d2e9f40',
      outcome: 'TAKEN',
      status: 204,
      reason: null,
      took_ms: 84,
    },
  })

export function endpointTestJson({ eventId, tried, tookMs }: EndpointTest) {
  const head = { event_id: eventId, took_ms: tookMs }
  if (tried.kind === 'answered') {
    const outcome = tried.status >= 200 && tried.status < 300 ? 'TAKEN' : 'REFUSED'
    return { ...head, outcome, status: tried.status, reason: null } as const
  }
  const outcome = tried.kind === 'unanswered' ? 'UNANSWERED' : 'NOT_SENT'
  return { ...head, outcome, status: null, reason: tried.reason } as const
}
