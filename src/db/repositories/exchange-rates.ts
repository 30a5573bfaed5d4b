import { and, desc, eq, lt, lte, or, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { Currency } from '../../domain/money.ts'
import { given } from '../json-rows.ts'
import { exchangeRates } from '../schema/catalogue.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import type { ExchangeRates } from './catalogue-ports.ts'

type Db = ReturnType<typeof drizzle>

const RATE = {
  base: sql<Currency>`${exchangeRates.base}`,
  quote: sql<Currency>`${exchangeRates.quote}`,
  day: exchangeRates.day,
  rateMillionths: exchangeRates.rateMillionths,
}

/** The newest rate of every pair up to the day. SQLite takes the row of the maximum. */
export const newestRates = (db: Db, day: string) =>
  db
    .select({ ...RATE, day: sql<string>`max(${exchangeRates.day})` })
    .from(exchangeRates)
    .where(lte(exchangeRates.day, day))
    .groupBy(exchangeRates.base, exchangeRates.quote)

/** Dated exchange rates, in D1. */
export function createExchangeRates(database: D1Database): ExchangeRates {
  const db = drizzle(database)
  return {
    async enter(rate, audit) {
      const same = and(
        ...(['base', 'quote', 'day', 'rateMillionths'] as const).map((name) =>
          eq(exchangeRates[name], rate[name]),
        ),
      )
      await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, sql`NOT ${there(exchangeRates, same)}`),
          db
            .insert(exchangeRates)
            .values(rate)
            .onConflictDoUpdate({
              target: [exchangeRates.base, exchangeRates.quote, exchangeRates.day],
              set: {
                rateMillionths: given(exchangeRates.rateMillionths),
                enteredAt: given(exchangeRates.enteredAt),
                enteredBy: given(exchangeRates.enteredBy),
              },
            }),
        ]),
      )
    },

    newest: (day) => once(() => newestRates(db, day).all()),

    page: ({ base, quote }, { limit, after }) =>
      once(() =>
        db
          .select({
            ...RATE,
            enteredAt: exchangeRates.enteredAt,
            enteredBy: exchangeRates.enteredBy,
          })
          .from(exchangeRates)
          .where(
            and(
              base === null ? undefined : eq(exchangeRates.base, base),
              quote === null ? undefined : eq(exchangeRates.quote, quote),
              after === null ? undefined : isBehind(after),
            ),
          )
          .orderBy(desc(exchangeRates.day), exchangeRates.base, exchangeRates.quote)
          .limit(limit)
          .all(),
      ),
  }
}

const isBehind = ({ day, base, quote }: { day: string; base: string; quote: string }) =>
  or(
    lt(exchangeRates.day, day),
    and(
      eq(exchangeRates.day, day),
      sql`(${exchangeRates.base}, ${exchangeRates.quote}) > (${base}, ${quote})`,
    ),
  ) as SQL
