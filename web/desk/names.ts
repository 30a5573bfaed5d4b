import { signal, type Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { outcomeOf } from '../lib/outcome.ts'
import { wholeList } from '../lib/whole-list.ts'
import { knowRestaurants, restaurantNames, restaurantText } from './administration/restaurants.ts'
import { api, isAdmin } from './state.ts'

type Names = ReadonlyMap<string, string>

const people = signal<Names>(new Map())
const partners = signal<Names>(new Map())
const asked = new Set<string>()

/** What tells an id from others where it has no name. */
export const shortId = (id: string): string => `${id.slice(0, 8)}…`

const named = (names: Signal<Names>) => (id: string) => names.value.get(id) ?? shortId(id)

export const restaurantName = restaurantText
export const personName = named(people)
export const partnerName = named(partners)

/** Asks for each once, and anew where the asking failed. */
const once = (what: string, ask: () => Promise<boolean>) => {
  if (asked.has(what)) return
  asked.add(what)
  void ask().then((came) => {
    if (!came) asked.delete(what)
  })
}

const askRestaurants = async (): Promise<boolean> => {
  const found = await outcomeOf(api.api.v1.admin.restaurants.$get({ query: { limit: '100' } }))
  if (found.ok) knowRestaurants(found.value.items)
  return found.ok
}

/** Those beyond the first hundred are known by their newest order. */
const askRestaurant = async (id: string): Promise<boolean> => {
  const query = { restaurant_id: id, limit: '1' }
  const found = await outcomeOf(api.api.v1.admin.orders.$get({ query }))
  if (found.ok) knowRestaurants(found.value.items.map(({ restaurant }) => restaurant))
  return found.ok
}

let first: Promise<boolean> | null = null

export function useRestaurantNames(ids: readonly (string | null)[]): void {
  const wanted = [...new Set(ids)].filter((id) => id !== null && !restaurantNames.value.has(id))
  useEffect(() => {
    if (wanted.length === 0) return
    first ??= askRestaurants()
    void first.then((came) => {
      if (!came) first = null
      for (const id of wanted)
        if (id !== null && !restaurantNames.value.has(id)) once(id, () => askRestaurant(id))
    })
  }, [wanted.join()])
}

const note = (names: Signal<Names>, found: readonly { id: string; name: string }[]): void => {
  names.value = new Map([...names.value, ...found.map(({ id, name }) => [id, name] as const)])
}

/** Those who may propose and decide. */
const askAdministrators = async (): Promise<boolean> => {
  const found = await wholeList((query) =>
    outcomeOf(api.api.v1.admin.users.$get({ query: { ...query, role: 'ADMIN' } })),
  )
  if (found.ok) note(people, found.value)
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
  if (found.ok) note(partners, found.value)
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
