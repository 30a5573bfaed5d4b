import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import type { Agent } from '../support/activity-of.ts'
import { noteView } from '../support/note-view.ts'
import type { FoundOrder, OrderFilter } from './types.ts'

/** How far apart the ends of a search by words may be that names no restaurant and nobody. */
const MOST_MS_OF_WORDS = 31 * 24 * 3_600_000

/** Orders of all restaurants; whose list somebody asks for by a person's id is on record as well. */
export async function searchOrders(
  deps: Pick<Deps, 'orderSearch' | 'supportActivity' | 'now' | 'random'>,
  agent: Agent,
  filter: OrderFilter,
  page: { limit: number; beforeId: string | null },
): Promise<Result<{ orders: readonly FoundOrder[]; asOf: number }, Refusal>> {
  const now = deps.now()
  const field = filter.text !== null ? 'q' : filter.number !== null ? 'number' : null
  if (field !== null && !isNarrow(filter, now))
    return refuse({
      kind: 'INVALID',
      errors: [{ field, reason: 'needs_restaurant_person_or_month' }],
    })
  if (filter.userId !== null) await noteView(deps, agent, { customerId: filter.userId })
  return ok(await deps.orderSearch.page(filter, { ...page, now }))
}

/** Numbers come again every day and words have no index: without this every order there is would be read. */
const isNarrow = (
  { restaurantId, tableId, userId, day, from, to }: OrderFilter,
  now: number,
): boolean =>
  restaurantId !== null ||
  tableId !== null ||
  userId !== null ||
  day !== null ||
  (from !== null && (to ?? now) - from <= MOST_MS_OF_WORDS)
