import { conversionOf, rateText } from '../../domain/catalogue/exchange.ts'
import { refuse } from '../../domain/result.ts'
import { enterRate } from '../../usecases/catalogue/enter-rate.ts'
import { dayOf } from '../../usecases/catalogue/product-for.ts'
import type { EnteredRate } from '../../usecases/catalogue/types.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { boundOf, fromKeyset, toKeyset } from '../keyset.ts'
import { answer, defineRoute } from '../route.ts'
import { isoTime } from '../schemas/common.ts'
import {
  enteredRate,
  pairQuery,
  rateEntry,
  ratesQuery,
  shownRate,
} from '../schemas/exchange-rates.ts'
import { listSchema } from '../schemas/lists.ts'

const ADMIN = {
  tag: 'Catalogue',
  path: '/admin/exchange-rates',
  permission: 'rates:manage',
} as const

/** What prices are shown by in other currencies. Nothing is ever charged by them. */
export function exchangeRateRoutes(app: App): void {
  enteringRoute(app)
  listRoute(app)
  newestRoute(app)
}

const enteredJson = (entered: EnteredRate) => ({
  base: entered.base,
  quote: entered.quote,
  day: entered.day,
  rate: rateText({
    from: entered.base,
    to: entered.quote,
    numerator: BigInt(entered.rateMillionths),
    denominator: 1_000_000n,
    day: entered.day,
  }),
  entered_at: isoTime(entered.enteredAt),
  entered_by: entered.enteredBy,
})

function enteringRoute(app: App): void {
  defineRoute(
    app,
    {
      ...ADMIN,
      method: 'put',
      operationId: 'putExchangeRate',
      summary: "Enter a day's rate, or correct it",
      description: 'Entered again with the same values it stays as it is.',
      idempotency: 'none',
      request: { body: rateEntry },
      success: { status: 200, description: 'Entered', schema: enteredRate },
      refusals: [],
    },
    async (c) => {
      const entered = await enterRate(c.var.deps, actingIn(c.var), c.req.valid('json'))
      return answer(entered, enteredJson)
    },
  )
}

function listRoute(app: App): void {
  defineRoute(
    app,
    {
      ...ADMIN,
      method: 'get',
      operationId: 'listExchangeRates',
      summary: 'Rates that were entered, the newest days first',
      idempotency: 'none',
      request: { query: ratesQuery },
      success: { status: 200, description: 'A page', schema: listSchema(enteredRate) },
      refusals: [],
    },
    async (c) => {
      const { base = null, quote = null, limit, cursor } = c.req.valid('query')
      const bound = await boundOf({ base, quote })
      const after = cursor === undefined ? null : keyOf(fromKeyset(bound, cursor))
      if (after === 'foreign')
        return refuse({ kind: 'INVALID', errors: [{ field: 'cursor', reason: 'invalid_format' }] })
      const rates = await c.var.deps.exchangeRates.page({ base, quote }, { limit, after })
      const last = rates.length === limit ? rates.at(-1) : undefined
      return {
        ok: true,
        value: {
          items: rates.map(enteredJson),
          next_cursor: last ? toKeyset(bound, [last.day, last.base, last.quote]) : null,
          as_of: isoTime(c.var.now),
        },
      }
    },
  )
}

function keyOf(
  key: ReturnType<typeof fromKeyset>,
): { day: string; base: string; quote: string } | 'foreign' {
  const [day, base, quote] = key ?? []
  return typeof day === 'string' && typeof base === 'string' && typeof quote === 'string'
    ? { day, base, quote }
    : 'foreign'
}

function newestRoute(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Catalogue',
      method: 'get',
      path: '/exchange-rates',
      operationId: 'getExchangeRate',
      summary:
        'The newest rate between two currencies, over the won where there is none of their own',
      permission: 'public',
      idempotency: 'none',
      cached: { forMembers: true },
      request: { query: pairQuery },
      success: { status: 200, description: 'The rate', schema: shownRate },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { base, quote } = c.req.valid('query')
      const { deps, now } = c.var
      const conversion = conversionOf(await deps.exchangeRates.newest(dayOf(now)), base, quote)
      if (conversion === null) return refuse({ kind: 'NOT_FOUND', what: 'exchange_rate' })
      return {
        ok: true,
        value: { base, quote, rate: rateText(conversion), rate_date: conversion.day },
      }
    },
  )
}
