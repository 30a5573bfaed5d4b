import { menuJson } from '../../domain/menu/menu-json.ts'
import { taggedText, type TaggedText } from '../../domain/menu/tagged-text.ts'
import type { Locale } from '../../domain/locale.ts'
import { nextOpeningChange, openingOf, type Opening } from '../../domain/restaurant/opening.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { Context } from '../context.ts'
import type { QueryModule } from '../query-module.ts'
import type { Store } from '../store/store.ts'
import { readMenu } from './menu.ts'

/** The public menu of one version while the restaurant opens and closes as it does now. */
interface Remembered {
  version: number
  opening: Opening
  /** From when on the opening must be asked for again; null = not before the version changes. */
  until: number | null
  answers: Map<Locale, TaggedText>
}

/** In memory, as long as the object: a version that was rolled back is never read outside its transaction. */
const remembered = new WeakMap<Store, Remembered>()

/** The public menu from memory; it is built once per version and language. */
export const menuText: QueryModule<'menu-text'> = (cx, { restaurantId, locale, known }) => {
  const { id, epoch, menuVersion } = cx.store.restaurant.menuMark()
  if (id !== restaurantId) return refuse({ kind: 'NOT_FOUND', what: 'restaurant' })
  const current = currentOf(cx, menuVersion)
  const tag = tagOf(epoch, current, locale)
  if (known.includes(tag)) return ok(tag)
  let answer = current.answers.get(locale)
  if (answer === undefined) {
    answer = taggedText(tag, JSON.stringify(menuJson(readMenu(cx), locale)))
    current.answers.set(locale, answer)
  }
  return ok(answer)
}

function currentOf(cx: Context, version: number): Remembered {
  const known = remembered.get(cx.store)
  const fresh = known !== undefined && known.version === version
  if (fresh && (known.until === null || cx.now < known.until)) return known
  const restaurant = cx.restaurant()
  const opening = openingOf(restaurant, cx.now)
  const until = nextOpeningChange(restaurant, cx.now)
  const same = fresh && JSON.stringify(known.opening) === JSON.stringify(opening)
  const current = {
    version,
    opening,
    until,
    answers: same ? known.answers : new Map<Locale, TaggedText>(),
  }
  remembered.set(cx.store, current)
  return current
}

/** Says everything that the text depends on. */
function tagOf(epoch: number, { version, opening }: Remembered, locale: Locale): string {
  const { open, opensAt, busyDelayMinutes } = opening
  return `${epoch}.${version}-${locale}-${open ? 'open' : `closed${opensAt ?? ''}`}-${busyDelayMinutes}`
}
