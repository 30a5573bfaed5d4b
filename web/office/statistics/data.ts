import type { InferResponseType } from 'hono/client'
import type { Api } from '../../lib/api.ts'
import { outcomeOf, type Outcome } from '../../lib/outcome.ts'
import { api } from '../state.ts'
import { daysUpTo } from './range.ts'

export type Day = InferResponseType<
  Api['api']['v1']['restaurants']['me']['statistics']['$get'],
  200
>

const AT_ONCE = 7

export const readDay = (day: string): Promise<Outcome<Day>> =>
  outcomeOf(api.api.v1.restaurants.me.statistics.$get({ query: day === '' ? {} : { day } }))

/** So many days up to one (empty: the one that runs now), oldest first. */
export async function readDays(last: string, count: number): Promise<Outcome<readonly Day[]>> {
  const final = await readDay(last)
  if (!final.ok) return final
  const before = daysUpTo(final.value.day, count).slice(0, -1)
  const read: Day[] = []
  for (let from = 0; from < before.length; from += AT_ONCE) {
    const some = await Promise.all(before.slice(from, from + AT_ONCE).map(readDay))
    for (const one of some) {
      if (!one.ok) return one
      read.push(one.value)
    }
  }
  return { ok: true, value: [...read, final.value] }
}
