import { MARKET_HABITS } from '../../domain/catalogue/markets.ts'
import { POPULAR_HOURS, TOP_HOURS, windowOf } from '../../domain/popularity/window.ts'
import { dayOf } from '../../usecases/catalogue/product-for.ts'
import type { App } from '../context.ts'
import { marketOf } from '../market.ts'
import { catalogueHeaders } from '../product-answers.ts'
import { defineRoute } from '../route.ts'
import { isoTime } from '../schemas/common.ts'
import {
  popularBoard,
  popularJson,
  popularQuery,
  topBoards,
  topJson,
  topQuery,
} from '../schemas/popularity.ts'

const TAG = { tag: 'Catalogue', method: 'get', permission: 'public', idempotency: 'none' } as const
const POPULAR_PLACES = 3
const TOP_PLACES = 5

/** What is ordered most. */
export function popularityRoutes(app: App): void {
  popularRoute(app)
  topRoute(app)
}

function popularRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      path: '/menus/popular',
      operationId: 'listPopular',
      summary: 'The three items that most orders of the last 168 hours contain',
      description: "A restaurant's, or everybody's. Items that have left their menu are left out.",
      cached: { byMarket: true, forMembers: true },
      request: { query: popularQuery },
      success: { status: 200, description: 'Best first', schema: popularBoard },
      refusals: [],
    },
    async (c) => {
      const { restaurant_id: restaurantId = null } = c.req.valid('query')
      const { deps, now, locale } = c.var
      const window = windowOf(now, POPULAR_HOURS)
      const wish = {
        window,
        restaurantId,
        market: null,
        by: 'orders',
        limit: POPULAR_PLACES,
      } as const
      const { items, rates, asOf } = await deps.popularity.boards([wish], dayOf(now))
      const reader = { locale, market: marketOf(c), rates }
      const body = {
        items: popularJson(items[0] ?? [], reader),
        as_of: isoTime(asOf ?? now),
      }
      return c.json(body, 200, catalogueHeaders(locale))
    },
  )
}

function topRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      path: '/products/top',
      operationId: 'listTop',
      summary: 'The five products of a market that sold best in the last 72 hours',
      description:
        'By portions, and by what they brought after discount. Revenue is compared in the currency ' +
        'of the market: restaurants that charge another are on the board by quantity alone.',
      cached: { byMarket: true, forMembers: true },
      request: { query: topQuery },
      success: { status: 200, description: 'Both boards, best first', schema: topBoards },
      refusals: [],
    },
    async (c) => {
      const { deps, now, locale } = c.var
      const market = c.req.valid('query').market ?? marketOf(c) ?? 'KR'
      const window = windowOf(now, TOP_HOURS)
      const wish = { window, restaurantId: null, market, limit: TOP_PLACES } as const
      const { items, rates, asOf } = await deps.popularity.boards(
        [
          { ...wish, by: 'quantity' },
          { ...wish, by: 'revenue' },
        ],
        dayOf(now),
      )
      const reader = { locale, market, rates }
      const body = {
        market,
        currency: MARKET_HABITS[market].currency,
        by_quantity: topJson(items[0] ?? [], reader),
        by_revenue: topJson(items[1] ?? [], reader),
        as_of: isoTime(asOf ?? now),
      }
      return c.json(body, 200, catalogueHeaders(locale))
    },
  )
}
