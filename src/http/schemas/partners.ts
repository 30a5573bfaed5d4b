import { z } from '@hono/zod-openapi'
import { FEED_EVENT_TYPES } from '../../domain/outgoing/feed-event.ts'
import type { Partner } from '../../usecases/identity/types.ts'
import type { PartnerKey, PartnerSubscription } from '../../usecases/partners/types.ts'
import { idParams, idSchema, isoTime, timeSchema } from './common.ts'
import { bearer } from './identity.ts'

const partnerName = z.string().trim().min(1).max(200).openapi({ example: '데이터 플랫폼' })

const SHA256_HEX = /^[0-9a-f]{64}$/

/** As tools print it: hex in any case, with or without colons. */
const fingerprint = z
  .string()
  .max(200)
  .transform((text) => text.replaceAll(':', '').toLowerCase())
  .refine((text) => SHA256_HEX.test(text), { params: { reason: 'not_a_sha256' } })
  .nullable()
  .openapi({
    type: ['string', 'null'],
    description:
      "SHA-256 of the client certificate that the partner's calls must come with, where the edge " +
      'verified it; null asks for none',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })

export const partnerCreation = z
  .object({ name: partnerName, cert_fingerprint: fingerprint.optional() })
  .openapi('PartnerCreation')

export const partnerEditing = z
  .strictObject({ name: partnerName.optional(), cert_fingerprint: fingerprint.optional() })
  .openapi('PartnerEditing', { example: { name: '정산 시스템', cert_fingerprint: null } })

export const partnerSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    client_id: idSchema,
    created_at: timeSchema,
    disabled_at: timeSchema.nullable(),
    cert_fingerprint: z.string().nullable(),
  })
  .openapi('Partner', {
    example: {
      id: '5f0c9a52-0d7e-4f0e-9a44-6f6a3a1f2b11',
      name: '데이터 플랫폼',
      client_id: '0b9b2f0e-6d0c-4a1e-8f64-2f9d3f1f7a90',
      created_at: '2026-11-20T03:00:00.000Z',
      disabled_at: null,
      cert_fingerprint: null,
    },
  })

export const createdPartner = partnerSchema
  .extend({ client_secret: z.string().openapi({ description: 'Shown this once' }) })
  .openapi('CreatedPartner')

export const partnerJson = (partner: Partner) => ({
  id: partner.id,
  name: partner.name,
  client_id: partner.clientId,
  created_at: isoTime(partner.createdAt),
  disabled_at: isoTime(partner.disabledAt),
  cert_fingerprint: partner.certFingerprint,
})

/** What of a partner's is named beside it in the path. */
export const partnerKeyParams = idParams.extend({ key_id: idSchema })
export const partnerSubscriptionParams = idParams.extend({ subscription_id: idSchema })

const MAX_OVERLAP_SECONDS = 7 * 24 * 3600
const DEFAULT_OVERLAP_SECONDS = 24 * 3600

export const overlapSeconds = z
  .int()
  .min(0)
  .max(MAX_OVERLAP_SECONDS)
  .default(DEFAULT_OVERLAP_SECONDS)

export const keyRotation = z
  .strictObject({ overlap_seconds: overlapSeconds })
  .openapi('KeyRotation', { example: { overlap_seconds: DEFAULT_OVERLAP_SECONDS } })

export const partnerKeySchema = z
  .object({
    id: idSchema,
    hint: z.string().openapi({ description: 'Its last characters', example: '…x3Qk' }),
    created_at: timeSchema,
    ends_at: timeSchema.nullable().openapi({ description: 'Null: until it is replaced' }),
    signs: z.boolean().openapi({
      description: 'Keys of partners from before calls could be signed only fetch tokens',
    }),
  })
  .openapi('PartnerKey')

export const newPartnerKeySchema = partnerKeySchema
  .extend({ client_secret: z.string().openapi({ description: 'Shown this once' }) })
  .openapi('NewPartnerKey')

export const partnerKeyJson = (key: PartnerKey) => ({
  id: key.id,
  hint: key.hint,
  created_at: isoTime(key.createdAt),
  ends_at: isoTime(key.endsAt),
  signs: key.sealed !== '',
})

const MAX_TYPES = FEED_EVENT_TYPES.length
const eventType = z.enum(FEED_EVENT_TYPES)

export const newSubscription = z
  .strictObject({
    restaurant_id: idSchema.nullable().openapi({
      type: ['string', 'null'],
      format: 'uuid',
      description: 'Null: every restaurant, of today and later',
    }),
    types: z
      .array(eventType)
      .min(1)
      .max(MAX_TYPES)
      .nullable()
      .openapi({ description: 'Null: every type' }),
  })
  .openapi('NewPartnerSubscription', {
    example: { restaurant_id: null, types: ['NEW_ORDER', 'STATUS_CHANGED'] },
  })

export const partnerSubscription = z
  .object({
    id: idSchema,
    restaurant_id: idSchema.nullable(),
    types: z.array(z.string()).nullable(),
    created_at: timeSchema,
    ended_at: timeSchema.nullable(),
  })
  .openapi('PartnerSubscription')

export const subscriptionJson = (subscription: PartnerSubscription) => ({
  id: subscription.id,
  restaurant_id: subscription.restaurantId,
  types: subscription.types,
  created_at: isoTime(subscription.createdAt),
  ended_at: isoTime(subscription.endedAt),
})

/** RFC 6749 §4.4.2; id and secret may come as Basic authentication instead (§2.3.1). */
export const tokenWish = z
  .object({
    grant_type: z.literal('client_credentials'),
    client_id: z.string().min(1).max(200).optional(),
    client_secret: z.string().min(1).max(200).optional(),
  })
  .openapi('TokenWish')

export const partnerToken = z.object(bearer).openapi('PartnerToken')
