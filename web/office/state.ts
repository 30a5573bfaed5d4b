import { computed, signal } from '@preact/signals'
import type { InferResponseType } from 'hono/client'
import { createApi, type Api } from '../lib/api.ts'
import { keep, recall } from '../lib/kept.ts'
import { outcomeOf, type Outcome } from '../lib/outcome.ts'
import { Session } from '../lib/session.ts'
import { endOfBusinessDay } from '../lib/zoned.ts'
import { sendRegrets } from '../ui/regrets.ts'

type Me = InferResponseType<Api['api']['v1']['auth']['me']['$get'], 200>
export type Restaurant = InferResponseType<Api['api']['v1']['restaurants']['me']['$get'], 200>

export type Stage = 'loading' | 'signed-out' | 'unreached' | 'no-office' | 'create' | 'office'

const KEPT = 'os-office-restaurant'

export const session = new Session('member')
const restaurantId = signal<string | null>(recall(KEPT) as string | null)
export const ofRestaurant = (id: string | null): Record<string, string> =>
  id === null ? {} : { 'X-Restaurant-Id': id }
export const chosenRestaurant = (): Record<string, string> => ofRestaurant(restaurantId.value)
export const api = createApi(session, chosenRestaurant)

export const stage = signal<Stage>('loading')
export const me = signal<Me | null>(null)
/** Those that this account owns, in the order of its memberships. */
export const restaurants = signal<readonly Restaurant[]>([])
export const restaurant = computed(
  () => restaurants.value.find(({ id }) => id === restaurantId.value) ?? null,
)
export const currency = computed(() => restaurant.value?.currency ?? 'KRW')
/** By whose clocks its days and terms go. */
export const timezone = computed(() => restaurant.value?.timezone ?? 'Asia/Seoul')
/** When the restaurant's present business day is over. */
export const endOfToday = (): string =>
  endOfBusinessDay(Date.now(), timezone.value, restaurant.value?.business_day_cutoff_hour ?? 0)

/** Takes a restaurant as it is now, from an answer that told it. */
export function takeRestaurant(fresh: Restaurant): void {
  const known = restaurants.value.some(({ id }) => id === fresh.id)
  restaurants.value = known
    ? restaurants.value.map((one) => (one.id === fresh.id ? fresh : one))
    : [...restaurants.value, fresh]
}

/** Opens a restaurant; the same wish sent again opens the same one. */
export function openRestaurant(
  json: { name: string },
  options: { headers: Record<string, string> },
): Promise<Outcome<Restaurant>> {
  return outcomeOf(api.api.v1.restaurants.$post({ json }, options)).then((made) => {
    if (made.ok) takeRestaurant(made.value)
    return made
  })
}

export function choose(id: string): void {
  restaurantId.value = id
  keep(KEPT, id)
  stage.value = 'office'
}

/** Who is it, and which restaurants are theirs? */
export async function begin(): Promise<void> {
  stage.value = 'loading'
  const token = await session.token().catch(() => 'unreached')
  if (token === null) {
    stage.value = 'signed-out'
    return
  }
  const read = await outcomeOf(api.api.v1.auth.me.$get())
  if (!read.ok) {
    stage.value = read.trouble.status === 401 ? 'signed-out' : 'unreached'
    return
  }
  me.value = read.value
  const owned = read.value.memberships.filter(({ role }) => role === 'OWNER')
  if (owned.length === 0) {
    stage.value = read.value.role === 'OWNER' ? 'create' : 'no-office'
    return
  }
  const all = await Promise.all(owned.map(({ restaurant_id: id }) => readRestaurant(id)))
  const found = all.flatMap((one) => (one.ok ? [one.value] : []))
  const first = found.find(({ id }) => id === restaurantId.value) ?? found[0]
  restaurants.value = found
  if (first === undefined) stage.value = 'unreached'
  else choose(first.id)
}

const readRestaurant = (id: string): Promise<Outcome<Restaurant>> =>
  outcomeOf(createApi(session, () => ofRestaurant(id)).api.v1.restaurants.me.$get())

export async function signIn(email: string, password: string): Promise<Outcome<null>> {
  const given = await outcomeOf(
    api.session.login.$post({ json: { email, password, device: 'other' } }),
  )
  if (!given.ok) return given
  session.take(given.value, given.value.user)
  await begin()
  return { ok: true, value: null }
}

/** Makes an owner's account, and signs in with it. */
export async function register(
  given: Record<'name' | 'email' | 'password', string>,
): Promise<Outcome<null>> {
  const made = await outcomeOf(api.session.register.$post({ json: { ...given, role: 'OWNER' } }))
  if (!made.ok) return made
  session.take(made.value, made.value.user)
  await begin()
  return { ok: true, value: null }
}

/** Nothing of whoever was here is shown any more. */
function leave(): void {
  me.value = null
  restaurants.value = []
  stage.value = 'signed-out'
}

session.onOver = leave

export async function signOut(): Promise<void> {
  await sendRegrets()
  leave()
  await session.end()
}
