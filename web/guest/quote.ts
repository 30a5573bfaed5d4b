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

/** Longer than this nobody is kept from ordering: the sum that was shown goes along with the order. */
const PATIENCE_MS = 4_000
/** A guest who steps a number up three times is answered once. */
const SETTLE_MS = 150

/** What the server makes of the cart; asked again whenever cart, code, menu or guest change. */
export function useQuote(code: string | null): Quoting {
  const [state, setState] = useState<Quoting>({ quote: null, isAsking: true, changed: null })
  const before = useRef<Shown | null>(null)
  const wish = JSON.stringify([requested(lines.value), code, who.value !== null])
  const offer = menu.value
  useEffect(() => {
    if (lines.value.length === 0) return
    let stale = false
    const isSameWish = before.current?.wish === wish
    if (!isSameWish) before.current = { wish, subtotal: shownTotal.value, total: null }
    const isAsking = !isSameWish || before.current?.total === null
    setState(({ quote, changed }) => ({
      quote,
      isAsking,
      changed: isSameWish ? changed : null,
    }))
    const ask = async () => {
      const json = { table_id: tableId, items: requested(lines.value), coupon_code: code }
      const outcome = await outcomeOf(api().api.v1.orders.quote.$post({ json }))
      if (stale) return
      if (!outcome.ok) {
        noteTrouble(outcome.trouble)
        setState({ quote: null, isAsking: false, changed: null })
        return
      }
      const quote = outcome.value
      const fresh = changeOf(before.current, quote)
      if (quote.items.every(({ problem }) => problem === null))
        before.current = { wish, subtotal: quote.subtotal_amount, total: quote.total_amount }
      setState(({ changed }) => ({ quote, isAsking: false, changed: fresh ?? changed }))
      if (quote.restaurant.menu_version !== menu.value.menu_version) void refreshMenu()
    }
    const timer = setTimeout(() => void ask(), SETTLE_MS)
    const patience = setTimeout(() => {
      setState((now) => (now.isAsking ? { quote: null, isAsking: false, changed: null } : now))
    }, PATIENCE_MS)
    const online = () => void ask()
    addEventListener('online', online)
    return () => {
      stale = true
      clearTimeout(timer)
      clearTimeout(patience)
      removeEventListener('online', online)
    }
  }, [wish, offer])
  return state
}

/** What the guest has seen of the sum: by the menu alone at first, then by the last quote. */
export interface Shown {
  wish: string
  subtotal: number
  total: number | null
}

/** What a quote changes of what the guest has seen, though the cart is the same. */
export function changeOf(
  shown: Shown | null,
  { items, subtotal_amount: subtotal, total_amount: total }: Quote,
): Quoting['changed'] {
  // Lines that cannot be ordered are not in the quote's sum: those say so themselves.
  if (shown === null || items.some(({ problem }) => problem !== null)) return null
  const [from, to] = shown.total === null ? [shown.subtotal, subtotal] : [shown.total, total]
  return from === to ? null : { from, to }
}
