import { z } from '@hono/zod-openapi'
import { CURRENCIES } from '../../domain/money.ts'
import { MAX_QUANTITY } from '../../domain/order/limits.ts'
import { idSchema, timeSchema } from './common.ts'
import { typedCode } from './coupon-codes.ts'
import { chargesFields, requestedLine } from './orders.ts'
import { couponVerdict, offeredLine, quotedRestaurant } from './quotes.ts'

const MAX_CODES = 5

const version = z
  .number()
  .int()
  .min(0)
  .nullish()
  .openapi({
    description:
      'The version that the change was made up for; another one now is refused with the cart as it ' +
      'stands. `If-Match` says the same; both must agree. Left out: whatever stands',
  })
const replace = z
  .boolean()
  .default(false)
  .openapi({ description: "Put it in the place of another restaurant's items" })

const EXAMPLE = {
  menu_id: '018f3a4e-0000-8000-8000-9c1d2e3f4a5b',
  quantity: 2,
  options: [{ option_id: '018f3a4e-0000-8000-8000-9c1d2e3f4a5c', choice: '매운맛' }],
}

export const addedLine = requestedLine
  .extend({ quantity: requestedLine.shape.quantity.default(1), replace, version })
  .openapi('AddToCartRequest', { example: EXAMPLE })

export const setLineBody = requestedLine
  .extend({
    quantity: z.number().int().min(0).max(MAX_QUANTITY).openapi({ description: '0 takes it out' }),
    replace,
    version,
  })
  .openapi('SetCartLineRequest', { example: EXAMPLE })

export const lineParams = z.object({
  item_id: idSchema.openapi({
    description: "The line's id; or the item's, where that is in one line alone",
  }),
})

export const lineQuantity = z
  .strictObject({
    quantity: z.number().int().min(0).max(MAX_QUANTITY).openapi({ description: '0 takes it out' }),
    version,
  })
  .openapi('CartQuantityRequest', { example: { quantity: 3, version: 7 } })

export const cartQuery = z.object({
  coupon_code: z
    .union([typedCode.transform((code) => [code]), z.array(typedCode).max(MAX_CODES)])
    .optional()
    .openapi({ type: 'string', description: 'Reckoned with; nothing is claimed. May be repeated' }),
  at_table: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'Whether fees are those of a table; left out: where the caller sits' }),
})

export const merging = z
  .strictObject({
    session_id: idSchema
      .nullish()
      .openapi({ description: 'The session whose cart comes over; else `X-Session-Id` names it' }),
    keep: z.enum(['mine', 'theirs']).nullish().openapi({
      description:
        "Whose items stay where the two are of different restaurants: the guest's are theirs",
    }),
    version,
  })
  .openapi('MergeCartsRequest', {
    example: { session_id: '6f1d2c3b-4a59-4e87-9c1d-2e3f4a5b6c7d' },
  })

const cartLine = offeredLine.extend({
  line_id: z.string(),
  seen_unit_price: z.int().nullable().openapi({ description: 'When it was last put in or set' }),
  price_changed: z.boolean(),
})

export const cartSchema = z
  .object({
    cart_id: z.string().nullable(),
    version: z
      .int()
      .openapi({ description: 'Rises with every change of what is in it; 0 = there is none' }),
    restaurant: quotedRestaurant.nullable().openapi({ description: 'Null while it is empty' }),
    currency: z.enum(CURRENCIES).nullable(),
    at_table: z.boolean(),
    items: z.array(cartLine),
    ...chargesFields,
    total_amount: z.int().openapi({ description: 'Of the lines that can be ordered' }),
    coupons: z.array(couponVerdict),
    orderable: z
      .boolean()
      .openapi({ description: 'Open, and nothing is wrong with any line or code' }),
    updated_at: timeSchema.nullable(),
    expires_at: timeSchema.nullable(),
  })
  .openapi('Cart')

export const mergedCart = cartSchema
  .extend({
    adjusted: z
      .array(
        z.object({
          line_id: z.string(),
          menu_id: z.string(),
          wanted: z.int(),
          quantity: z.int(),
          reason: z.enum(['LINE_LIMIT', 'ITEM_LIMIT', 'TOO_MANY_LINES']),
        }),
      )
      .optional()
      .openapi({ description: "What of the session's cart found no room; not in a replay" }),
  })
  .openapi('MergedCart')
