import { z } from '@hono/zod-openapi'
import { MATCHES } from '../../domain/catalogue/rank.ts'
import { MAX_QUERY_CHARACTERS, readSearch } from '../../domain/catalogue/search-query.ts'
import { productFilters, productSchema } from './products.ts'

export const searchQuery = productFilters.extend({
  q: z
    .string()
    .transform((text, context) => {
      const read = readSearch(text)
      if (read.ok) return read.value
      context.addIssue({ code: 'custom', params: { reason: read.refusal }, input: text })
      return z.NEVER
    })
    .openapi({
      type: 'string',
      minLength: 1,
      maxLength: MAX_QUERY_CHARACTERS,
      example: 'ㅊㅋ',
      description: 'Words, pieces of words or initial consonants; letters and digits of it count',
    }),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: z
    .string()
    .max(200)
    .optional()
    .openapi({ description: '`next_cursor` of the page before, for the same text and filters' }),
})

export const foundProductSchema = productSchema
  .extend({
    match: z.enum(MATCHES).openapi({
      description:
        'How it was found, best first: the whole name, its beginning, the beginning of a word, ' +
        'inside, by initial consonants, in a tag or the description, on the other layout of the ' +
        'keyboard, or with a typing error',
    }),
    highlight: z.object({
      ranges: z
        .array(z.array(z.int()).length(2))
        .openapi({ description: '[from, to) of `name`, in UTF-16 units', example: [[2, 4]] }),
      html: z.string().openapi({
        description: '`name`, escaped, with `<mark>` around what was found',
        example: '양념<mark>치킨</mark>',
      }),
    }),
  })
  .openapi('FoundProduct')
