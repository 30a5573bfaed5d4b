import { useEffect, useRef, useState } from 'preact/hooks'
import { outcomeOf } from '../lib/outcome.ts'
import { lines, requested, shownTotal } from './cart.ts'
import { refreshMenu } from './menu-news.ts'
import { api, menu, noteTrouble, tableId, who, type Quote } from './state.ts'

export interface Quoting {
  quote: Quote | null
  /** The answer for what is in the cart now is still under way. */
  isAsking: boolean
  /** The sum has changed, though the guest has not changed the cart. */
  changed: { from: number; to: number } | null
}

/** A guest who steps a number up three times is answered once. */
const SETTLE_MS = 150

/** What the server makes of the cart; asked again whenever cart, code, menu or guest change. */
export function useQuote(code: string | null): Quoting {
  const [state, setState] = useState<Quoting>({ quote: null, isAsking: true, changed: null })
  const before = useRef<{ wish: string; total: number } | null>(null)
  const wish = JSON.stringify([requested(lines.value), code, who.value !== null])
  const offer = menu.value
  useEffect(() => {
    if (lines.value.length === 0) return
    let stale = false
    const isSameWish = before.current?.wish === wish
    setState(({ quote, changed }) => ({
      quote,
      isAsking: !isSameWish,
      changed: isSameWish ? changed : null,
    }))
    const ask = async () => {
      const json = { table_id: tableId, items: requested(lines.value), coupon_code: code }
      const outcome = await outcomeOf(api().api.v1.orders.quote.$post({ json }))
      if (stale) return
      if (!outcome.ok) {
        noteTrouble(outcome.trouble)
        before.current = null
        setState({ quote: null, isAsking: false, changed: null })
        return
      }
      const quote = outcome.value
      const from = shownBefore(quote, before.current?.wish === wish ? before.current.total : null)
      before.current = { wish, total: quote.total_amount }
      setState(({ changed }) => ({
        quote,
        isAsking: false,
        changed: from === null ? changed : { from, to: quote.total_amount },
      }))
      if (quote.restaurant.menu_version !== menu.value.menu_version) void refreshMenu()
    }
    const timer = setTimeout(() => void ask(), SETTLE_MS)
    const online = () => void ask()
    addEventListener('online', online)
    return () => {
      stale = true
      clearTimeout(timer)
      removeEventListener('online', online)
    }
  }, [wish, offer])
  return state
}

/** What the guest had been shown where that is no longer so; null where nothing changed. */
function shownBefore(quote: Quote, lastTotal: number | null): number | null {
  if (lastTotal !== null) return lastTotal === quote.total_amount ? null : lastTotal
  const isWhole = quote.items.every(({ problem }) => problem === null)
  return isWhole && shownTotal.value !== quote.subtotal_amount ? shownTotal.value : null
}
