import { signal, type Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { outcomeOf } from '../lib/outcome.ts'
import { wholeList } from '../lib/whole-list.ts'
import { api, isAdmin } from './state.ts'

type Names = ReadonlyMap<string, string>

const restaurants = signal<Names>(new Map())
const people = signal<Names>(new Map())
const partners = signal<Names>(new Map())
const asked = new Set<string>()

/** What tells an id from others where it has no name. */
export const shortId = (id: string): string => id.slice(0, 8)

const named = (names: Signal<Names>) => (id: string) => names.value.get(id) ?? shortId(id)

export const restaurantName = named(restaurants)
export const personName = named(people)
export const partnerName = named(partners)

const note = (names: Signal<Names>, found: readonly (readonly [string, string])[]) => {
  names.value = new Map([...names.value, ...found])
}

/** Asks for each once, and anew where the asking failed. */
const once = (what: string, ask: () => Promise<boolean>) => {
  if (asked.has(what)) return
  asked.add(what)
  void ask().then((came) => {
    if (!came) asked.delete(what)
  })
}

/** Restaurants are known by their newest order. */
const askRestaurant = async (id: string): Promise<boolean> => {
  const query = { restaurant_id: id, limit: '1' }
  const found = await outcomeOf(api.api.v1.admin.orders.$get({ query }))
  const name = found.ok ? found.value.items[0]?.restaurant.name : null
  if (name != null) note(restaurants, [[id, name]])
  return found.ok
}

export function useRestaurantNames(ids: readonly (string | null)[]): void {
  const wanted = [...new Set(ids)].filter((id) => id !== null && !restaurants.value.has(id))
  useEffect(() => {
    for (const id of wanted) if (id !== null) once(id, () => askRestaurant(id))
  }, [wanted.join()])
}

const lively = signal<readonly string[]>([])

/** Restaurants of the newest orders, to choose from: more than these are not listed anywhere. */
const askLively = async (): Promise<boolean> => {
  const found = await outcomeOf(api.api.v1.admin.orders.$get({ query: { limit: '100' } }))
  if (!found.ok) return false
  const seen = found.value.items.map(({ restaurant }) => restaurant)
  noteRestaurants(seen)
  lively.value = [...new Set(seen.map(({ id }) => id))]
  return true
}

/** Those and whichever is named besides, by name, as a list to choose from. */
export function useRestaurantChoice(besides: readonly string[]): (readonly [string, string])[] {
  useEffect(() => {
    once('lively', askLively)
  }, [])
  return [...new Set([...lively.value, ...besides])]
    .map((id) => [id, restaurantName(id)] as const)
    .toSorted(([, a], [, b]) => a.localeCompare(b))
}

/** What is known of restaurants already, from lists that name them. */
export function noteRestaurants(
  found: readonly { readonly id: string; readonly name: string | null }[],
): void {
  note(
    restaurants,
    found.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])),
  )
}

/** Those who may propose and decide. */
const askAdministrators = async (): Promise<boolean> => {
  const found = await wholeList((query) =>
    outcomeOf(api.api.v1.admin.users.$get({ query: { ...query, role: 'ADMIN' } })),
  )
  if (found.ok)
    note(
      people,
      found.value.map(({ id, name }) => [id, name]),
    )
  return found.ok
}

export function useAdministratorNames(): void {
  useEffect(() => {
    once('administrators', askAdministrators)
  }, [])
}

const askPartners = async (): Promise<boolean> => {
  const found = await wholeList((query) =>
    outcomeOf(api.api.v1.admin.integrations.partners.$get({ query })),
  )
  if (found.ok)
    note(
      partners,
      found.value.map(({ id, name }) => [id, name]),
    )
  return found.ok
}

/** Partners are administrators’ to know; support tells them apart by their ids. */
export function usePartnerNames(): void {
  useEffect(() => {
    if (isAdmin.value) once('partners', askPartners)
  }, [isAdmin.value])
}

/** Partners to choose from: all that are known, and those that a list names. */
export function usePartnerChoice(listed: readonly string[]): (readonly [string, string])[] {
  usePartnerNames()
  return [...new Set([...partners.value.keys(), ...listed])]
    .map((id) => [id, partnerName(id)] as const)
    .toSorted(([, a], [, b]) => a.localeCompare(b))
}
