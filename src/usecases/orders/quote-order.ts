import type { Asker } from '../../domain/actor.ts'
import type { Query, QueryOutcome } from '../../domain/queries.ts'
import { askAboutCodes, type CodeDeps } from '../coupons/ask-about-codes.ts'
import type { Deps } from '../deps.ts'

type Quoted = QueryOutcome<'quote-order'>

/** What an order would come to; a code that there is not counts as a try at guessing one. */
export async function quoteOrder(
  deps: CodeDeps & Pick<Deps, 'restaurants'>,
  idWithKey: string,
  wish: { query: Query<'quote-order'>; asker: Asker; network: string },
): Promise<Quoted> {
  const { query, asker, network } = wish
  const ask = (): Promise<Quoted> =>
    deps.restaurants(idWithKey).query<'quote-order'>({ query, asker })
  if (query.couponCodes.length === 0) return ask()
  const answered = await askAboutCodes(deps, { who: asker, network }, ask, unknownIn)
  return answered.ok ? answered.value : answered
}

/** How many of the codes are none of the restaurant's. */
export const unknownIn = (quoted: Quoted): number =>
  quoted.ok
    ? quoted.value.coupons.filter((one) => !one.applicable && one.reason === 'UNKNOWN').length
    : 0
