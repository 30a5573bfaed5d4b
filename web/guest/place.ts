import { signal } from '@preact/signals'

export const VIEWS = ['menu', 'orders', 'bill', 'account'] as const
export type View = (typeof VIEWS)[number]
/** What lies over a view: the cart, or a dish, as a line of the cart or to become one. */
export type OpenSheet = { kind: 'cart' } | { kind: 'item'; itemId: string; lineId: string | null }
export interface Place {
  view: View
  sheet: OpenSheet | null
}

const HOME: Place = { view: 'menu', sheet: null }

/** Where an entry of the browser's history stands; at the menu where it says nothing. */
export function placeOf(state: unknown): Place {
  const { view, sheet } = (state ?? {}) as Partial<Place>
  const known = VIEWS.find((one) => one === view) ?? HOME.view
  if (sheet?.kind === 'cart') return { view: known, sheet: { kind: 'cart' } }
  if (sheet?.kind !== 'item' || typeof sheet.itemId !== 'string')
    return { view: known, sheet: null }
  return {
    view: known,
    sheet: { kind: 'item', itemId: sheet.itemId, lineId: sheet.lineId ?? null },
  }
}

/** Where the guest is: in the history, so that reload and the phone's back button know it too. */
export const place = signal<Place>(placeOf(history.state))
let ledAt = 0
/** Grows when the page has led the guest somewhere, and not the other way round. */
export const led = signal(0)

/** While a sheet closes: going back takes a moment, and a second tap must not go off the page. */
let isLeaving = false
let ledMeanwhile: (() => void) | null = null

window.addEventListener('popstate', ({ state }) => {
  // Whoever goes back means it, and what they tap there too.
  ledAt = 0
  place.value = placeOf(state)
  const goOn = ledMeanwhile
  isLeaving = false
  ledMeanwhile = null
  goOn?.()
})

const push = (next: Place): void => {
  history.pushState(next, '')
  place.value = next
}
const replace = (next: Place): void => {
  history.replaceState(next, '')
  place.value = next
}

export function openSheet(sheet: OpenSheet): void {
  if (!isLeaving) push({ ...place.value, sheet })
}

/** One step back, to what lies under it. */
export function closeSheet(): void {
  if (place.value.sheet === null || isLeaving) return
  isLeaving = true
  place.value = { ...place.value, sheet: null }
  history.back()
}

const DOUBLE_TAP_MS = 700
/** The second of two quick taps lands on what has come up under the finger: it is not meant. */
export const isSecondTap = (): boolean => Date.now() - ledAt < DOUBLE_TAP_MS

/** Views stand beside each other: back leads from each of them to the menu. */
export function go(view: View): void {
  if (isLeaving || isSecondTap() || (view === place.value.view && place.value.sheet === null))
    return
  const next = { view, sheet: null }
  if (place.value.view === 'menu' || place.value.sheet !== null) push(next)
  else if (view === 'menu') history.back()
  else replace(next)
  scrollTo({ top: 0 })
}

/** The page leads there by itself, at a tap or without one; what was open is done with. */
export function lead(view: View, how: { byTap: boolean }): void {
  if (isLeaving) {
    ledMeanwhile = () => lead(view, how)
    return
  }
  const next = { view, sheet: null }
  if (place.value.sheet === null && place.value.view === 'menu') push(next)
  else replace(next)
  led.value += 1
  if (how.byTap) ledAt = Date.now()
  scrollTo({ top: 0 })
}

/** Back to where this view was opened from. */
export const goBack = (): void => history.back()
