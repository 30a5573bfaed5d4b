import type { Context } from 'hono'
import { marketOfTags, type Market } from '../domain/catalogue/markets.ts'
import type { AppEnv } from './context.ts'
import { languageWishes } from './locale.ts'

interface Asked {
  readonly var: Pick<AppEnv['Variables'], 'market'>
  readonly req: Pick<Context['req'], 'header'>
}

/** Where the reader is at home: `X-Market`, else the region of `Accept-Language`; null = as the restaurant. */
export const marketOf = (c: Asked): Market | null =>
  c.var.market ?? marketOfTags(languageWishes(c.req.header('accept-language')))
