import { z } from '@hono/zod-openapi'
import type { Partner } from '../../usecases/identity/types.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { bearer } from './identity.ts'

export const partnerCreation = z
  .object({ name: z.string().trim().min(1).max(200).openapi({ example: '데이터 플랫폼' }) })
  .openapi('PartnerCreation')

export const partnerSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    client_id: idSchema,
    created_at: timeSchema,
    disabled_at: timeSchema.nullable(),
  })
  .openapi('Partner')

export const createdPartner = partnerSchema
  .extend({ client_secret: z.string().openapi({ description: 'Shown this once' }) })
  .openapi('CreatedPartner')

export const partnerJson = (partner: Partner) => ({
  id: partner.id,
  name: partner.name,
  client_id: partner.clientId,
  created_at: isoTime(partner.createdAt),
  disabled_at: isoTime(partner.disabledAt),
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
