import { outcomeOf } from '../lib/outcome.ts'
import { locale } from '../lib/i18n.ts'
import type { LiveMessage } from '../lib/live.ts'
import { api, menu, restaurantId, type Menu } from './state.ts'

let tag: { locale: string; text: string } | null = null
let asking: Promise<void> | null = null
let anew = false

/** Asks whether the menu has changed; costs next to nothing where it has not. */
export function refreshMenu(): Promise<void> {
  // Something changed after the question went out: it is asked once more.
  anew = asking !== null
  asking ??= ask().finally(() => {
    asking = null
    if (anew) void refreshMenu()
  })
  return asking
}

async function ask(): Promise<void> {
  const { value: language } = locale
  const headers = tag?.locale === language ? { 'If-None-Match': tag.text } : {}
  const seen: { tag: string | null } = { tag: null }
  const read = await outcomeOf(
    api()
      .api.v1.restaurants[':id'].menu.$get({ param: { id: restaurantId } }, { headers })
      .then((answer) => {
        seen.tag = answer.headers.get('etag')
        return answer
      }),
  )
  // Unchanged (304), or nobody answers just now: what is shown stays.
  if (!read.ok || locale.value !== language) return
  menu.value = read.value
  tag = seen.tag === null ? null : { locale: language, text: seen.tag }
}

interface Told {
  id?: unknown
  is_available?: unknown
  price?: unknown
}

/** The menu with what a message says of one dish, before the whole is asked for. */
export function withNews(shown: Menu, { item }: LiveMessage): Menu {
  const { id, is_available: there, price } = (item ?? {}) as Told
  if (typeof there !== 'boolean' || typeof price !== 'number') return shown
  const categories = shown.categories.map((category) => ({
    ...category,
    items: category.items.map((one) =>
      one.id === id ? { ...one, is_available: there, price } : one,
    ),
  }))
  return { ...shown, categories }
}

/** A phone with many open tabs asks only from the one that is looked at. */
const EVERY_MS = 20_000

/** For whoever hears nothing live: nobody has ordered from this phone yet. */
export function askNowAndThen(isDeaf: () => boolean, also: () => void): void {
  setInterval(() => {
    if (document.hidden || !navigator.onLine || !isDeaf()) return
    void refreshMenu()
    also()
  }, EVERY_MS)
}
