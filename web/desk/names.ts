import { effect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { outcomeOf } from '../lib/outcome.ts'
import { wholeList } from '../lib/whole-list.ts'
import { shortId } from './ids.ts'
import { me, ofTheLogIn } from './me.ts'
import { api, isAdmin } from './state.ts'

type Names = ReadonlyMap<string, string>
const NONE: Names = new Map()

/** Names by ids, as far as somebody who may has read them. */
const restaurants = ofTheLogIn(NONE)
const people = ofTheLogIn(NONE)
const partners = ofTheLogIn(NONE)
type Known = typeof people
const note = (known: Known, found: readonly { id: string; name: string | null }[]): void => {
  const all = new Map(known.value)
  for (const { id, name } of found) if (name !== null && name !== '') all.set(id, name)
  if (all.size !== known.value.size) known.value = all
}

let asked = new Map<string, Promise<boolean>>()
effect(() => {
  if (me.value === null) asked = new Map()
})

/** Asks for each once, and anew where the asking failed. */
function once(what: string, ask: () => Promise<boolean>): Promise<boolean> {
  const here = asked
  const asking =
    here.get(what) ??
    ask().then((came) => {
      if (!came) here.delete(what)
      return came
    })
  here.set(what, asking)
  return asking
}

/** What a restaurant is called; the end of its id where nobody has said. */
export const restaurantName = (id: string): string => restaurants.value.get(id) ?? shortId(id)
export const knowRestaurants = (seen: Parameters<typeof note>[1]): void => note(restaurants, seen)

const askNewest = async (): Promise<boolean> => {
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

export function useRestaurantNames(ids: readonly (string | null | undefined)[]): void {
  const wanted = [...new Set(ids)].filter((id) => id != null && !restaurants.value.has(id))
  useEffect(() => {
    if (wanted.length === 0) return
    void once('restaurants', askNewest).then(() => {
      for (const id of wanted)
        if (id != null && !restaurants.value.has(id)) void once(id, () => askRestaurant(id))
    })
  }, [wanted.join()])
}

const askPerson = async (id: string): Promise<boolean> => {
  const found = await outcomeOf(api.api.v1.admin.users[':id'].$get({ param: { id } }))
  if (found.ok) note(people, [found.value])
  // Whoever is not there any more has no name to wait for.
  return found.ok || found.trouble.status === 404
}

/** What somebody who works here is called; null until it is known, and for all but administrators. */
export const personName = (id: string): string | null => people.value.get(id) ?? null

export function usePeopleNames(ids: readonly (string | null | undefined)[]): void {
  const wanted = [...new Set(ids)].filter((id) => id != null)
  useEffect(() => {
    if (isAdmin.value) for (const id of wanted) void once(id, () => askPerson(id))
  }, [wanted.join()])
}

const askPartners = async (): Promise<boolean> => {
  const found = await wholeList((query) =>
    outcomeOf(api.api.v1.admin.integrations.partners.$get({ query })),
  )
  if (found.ok) note(partners, found.value)
  return found.ok
}

export const partnerName = (id: string): string => partners.value.get(id) ?? shortId(id)

/** Partners are administrators’ to know; support tells them apart by their ids. */
export function usePartnerNames(): void {
  useEffect(() => {
    if (isAdmin.value) void once('partners', askPartners)
  }, [])
}

/** Partners to choose from: all that are known, and those that a list names. */
export function usePartnerChoice(listed: readonly string[]): (readonly [string, string])[] {
  usePartnerNames()
  return [...new Set([...partners.value.keys(), ...listed])]
    .map((id) => [id, partnerName(id)] as const)
    .toSorted(([, a], [, b]) => a.localeCompare(b))
}
