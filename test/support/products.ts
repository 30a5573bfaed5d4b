import { env } from 'cloudflare:workers'
import { createProjector } from '../../src/db/projector.ts'
import { createProductSearch } from '../../src/db/repositories/product-search.ts'
import type { ProductFilter } from '../../src/db/repositories/catalogue-ports.ts'
import { readSearch } from '../../src/domain/catalogue/search-query.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { DEFAULT_LOCALE } from '../../src/domain/locale.ts'
import type { MenuItemWithStock } from '../../src/domain/menu/menu.ts'
import { searchProducts, type SearchRequest } from '../../src/usecases/catalogue/search-products.ts'
import { eventsOf, NOON, restaurantState } from './events.ts'
import { idIn } from './identity.ts'
import { anItem } from './orders.ts'

export const ALL: ProductFilter = {
  restaurantId: null,
  categoryId: null,
  category: null,
  minPrice: null,
  maxPrice: null,
  available: null,
  tag: null,
  market: null,
}

const projector = createProjector(env.DB)
const productSearch = createProductSearch(env.DB)

/** A restaurant whose items are copied as its events come. */
export async function searchableRestaurant(names: readonly string[] = []) {
  const made = eventsOf()
  const { restaurantId } = made
  const [categoryId, events]: [string, DomainEvent[]] = [idIn(restaurantId), []]
  let seq = 1
  await projector.project([made.restaurant(1, restaurantState(restaurantId))], NOON)
  const put = async (...items: Partial<MenuItemWithStock>[]): Promise<string[]> => {
    const whole = items.map((item) => anItem({ id: idIn(restaurantId), categoryId, ...item }))
    const news = whole.map((item): DomainEvent => ({
      ...made.restaurant((seq += 1), restaurantState(restaurantId)),
      subject: { kind: 'item', item },
    }))
    events.push(...news)
    await projector.project(news, NOON)
    return whole.map(({ id }) => id)
  }
  await put(...names.map((name) => ({ name })))
  const filter = { ...ALL, restaurantId }
  return { restaurantId, categoryId, put, filter }
}

type Page = Pick<SearchRequest, 'locale' | 'offset' | 'limit'>

/** What a text finds: best first, with how. */
export async function searched(
  text: string,
  filter: ProductFilter = ALL,
  { locale = DEFAULT_LOCALE, offset = 0, limit = 100 }: Partial<Page> = {},
) {
  const read = readSearch(text)
  if (!read.ok) throw new Error(read.refusal)
  const request = { query: read.value, filter, locale, bookmark: null, now: NOON, offset, limit }
  const { found, nextOffset } = await searchProducts({ productSearch }, request)
  return {
    nextOffset,
    found: found.map(({ product, hit }) => ({
      ...hit,
      id: product.item.id,
      name: product.item.name,
    })),
  }
}
