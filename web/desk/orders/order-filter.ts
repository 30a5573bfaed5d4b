import { said, startOf, endOf } from '../administration/days.ts'
import { ofTheLogIn } from '../me.ts'

export interface OrderFilter {
  restaurant: string
  status: string
  payment: string
  day: string
  from: string
  to: string
  number: string
  words: string
  person: string
}

export const NO_FILTER: OrderFilter = {
  ...{ restaurant: '', status: '', payment: '', day: '', from: '', to: '' },
  ...{ number: '', words: '', person: '' },
}

/** Stays while somebody looks at one order and comes back. */
export const filter = ofTheLogIn(NO_FILTER)

/** Whoever comes from a person's account sees their orders alone. */
export function showOrdersOf(person: string): void {
  filter.value = { ...NO_FILTER, person }
}

/** A day less than the server allows: clocks differ. */
const DAYS_OF_WORDS = 30
const DAY_MS = 24 * 3_600_000

/** Words and numbers are looked for within a month where nothing else narrows them down. */
export const searchesLastMonth = (wanted: OrderFilter): boolean => {
  const { number, words, restaurant, person, day, from } = wanted
  const typed = number.trim() !== '' || words.trim() !== ''
  return typed && [restaurant, person, day, from].every((one) => one.trim() === '')
}

/** As the list of all orders is asked for. */
export function queryOf(wanted: OrderFilter, now: number) {
  const lastMonth = searchesLastMonth(wanted)
  const ends = endOf(wanted.to)
  const endsAt = ends === undefined ? now : Date.parse(ends)
  return said({
    restaurant_id: wanted.restaurant.trim().toLowerCase(),
    status: wanted.status,
    payment_status: wanted.payment,
    day: wanted.day,
    from: lastMonth
      ? new Date(endsAt - DAYS_OF_WORDS * DAY_MS).toISOString()
      : startOf(wanted.from),
    to: endOf(wanted.to),
    number: wanted.number.trim().toUpperCase(),
    q: wanted.words.trim(),
    user_id: wanted.person,
  })
}
