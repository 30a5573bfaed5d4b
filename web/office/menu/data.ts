import type { InferResponseType } from 'hono/client'
import type { Api } from '../../lib/api.ts'
import { outcomeOf, type Outcome } from '../../lib/outcome.ts'
import { wholeList } from '../../lib/whole-list.ts'
import { api } from '../state.ts'

type Me = Api['api']['v1']['restaurants']['me']
export type Category = InferResponseType<Me['categories']['$get'], 200>['items'][number]
export type Item = InferResponseType<Me['items']['$get'], 200>['items'][number]

export interface WholeMenu {
  categories: readonly Category[]
  items: readonly Item[]
}

/** Everything on the menu, as it stands now. */
export async function readMenu(): Promise<Outcome<WholeMenu>> {
  const { me } = api.api.v1.restaurants
  const [categories, items] = await Promise.all([
    wholeList<Category>((query) => outcomeOf(me.categories.$get({ query }))),
    wholeList<Item>((query) => outcomeOf(me.items.$get({ query }))),
  ])
  if (!categories.ok) return categories
  if (!items.ok) return items
  return { ok: true, value: { categories: categories.value, items: items.value } }
}
