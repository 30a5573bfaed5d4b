import { useEffect, useRef, useState } from 'preact/hooks'
import { finds } from '../lib/hangul.ts'
import { endText } from '../lib/format.ts'
import { outcomeOf } from '../lib/outcome.ts'
import { wholeList } from '../lib/whole-list.ts'
import { endOfBusinessDay } from '../lib/zoned.ts'
import { Sheet } from '../ui/sheet.tsx'
import { markOf } from './sold-out.ts'
import { api, menuChanges, queue, tap, toldMarks, type Item } from './state.ts'
import { t } from './words.ts'

interface Dishes {
  items: readonly Item[]
  /** By the restaurant's clocks: where its day ends. */
  zone: string
  cutoffHour: number
}

const isRead = (dishes: Dishes | null | 'loading'): dishes is Dishes =>
  dishes !== null && dishes !== 'loading'

/** Every dish of the menu, and when the restaurant's day ends. */
async function readDishes(): Promise<Dishes | null> {
  const { me } = api.api.v1.restaurants
  const [items, restaurant] = await Promise.all([
    wholeList<Item>((query) => outcomeOf(me.items.$get({ query }))),
    outcomeOf(me.$get()),
  ])
  if (!items.ok || !restaurant.ok) return null
  const { timezone: zone, business_day_cutoff_hour: cutoffHour } = restaurant.value
  return { items: items.value, zone, cutoffHour }
}

/** Sold out with a tap, and how many are left. */
export function Stock({ onClose }: { onClose: () => void }) {
  const [dishes, setDishes] = useState<Dishes | null | 'loading'>('loading')
  const [sought, setSought] = useState('')
  const latest = useRef(0)
  const read = () => {
    latest.current += 1
    const mine = latest.current
    const known = toldMarks.value
    void readDishes().then((found) => {
      if (mine !== latest.current) return
      // What was read stays in sight where the line has gone since: taps wait for it.
      setDishes((before) => found ?? (isRead(before) ? before : null))
      if (found !== null) toldMarks.value = toldMarks.value.filter((mark) => !known.includes(mark))
    })
  }
  useEffect(read, [menuChanges.value])
  return (
    <Sheet title={t('stock')} closeLabel={t('close')} onClose={onClose}>
      <div class="field">
        <label for="sought">{t('search')}</label>
        <input
          id="sought"
          type="search"
          value={sought}
          onInput={(event) => setSought(event.currentTarget.value)}
        />
      </div>
      {dishes === 'loading' && <p role="status">{t('loading')}</p>}
      {dishes === null && (
        <>
          <p class="note note--bad" role="alert">
            {t('unreached')}
          </p>
          <button type="button" class="button" onClick={read}>
            {t('retry')}
          </button>
        </>
      )}
      {isRead(dishes) && <Found dishes={dishes} sought={sought} />}
    </Sheet>
  )
}

function Found({
  dishes: { items, zone, cutoffHour },
  sought,
}: {
  dishes: Dishes
  sought: string
}) {
  const found = items.filter(({ name }) => finds(name, sought))
  if (found.length === 0)
    return <p role="status">{t(items.length === 0 ? 'noDishes' : 'noneFound')}</p>
  return (
    <ul class="stack">
      {found.map((item) => (
        <Dish key={item.id} item={item} zone={zone} cutoffHour={cutoffHour} />
      ))}
    </ul>
  )
}

function Dish({ item, zone, cutoffHour }: { item: Item; zone: string; cutoffHour: number }) {
  const { id: itemId, name, stock } = item
  const { soldOut, until, sending } = markOf(
    item,
    toldMarks.value,
    queue.waiting.value.map(({ command }) => command),
  )
  const row = useRef<HTMLLIElement>(null)
  const tapped = useRef(false)
  useEffect(() => {
    // The button that was tapped has gone: who works by keys goes on from the one in its place.
    if (tapped.current) row.current?.querySelector('button')?.focus({ preventScroll: true })
    tapped.current = false
  }, [soldOut])
  const mark = (wanted: boolean, end: string | null) => {
    tapped.current = true
    tap({ kind: 'sold-out', itemId, soldOut: wanted, until: end })
  }
  const dayEnds = endOfBusinessDay(Date.now(), zone, cutoffHour)
  const state =
    soldOut && until !== null ? t('soldOutUntil', { time: endText(until, dayEnds, zone) }) : null
  return (
    <li ref={row} class="card stack">
      <div class="row">
        <strong>{name}</strong>
        <span class={soldOut ? 'field__error' : 'soft'}>
          {state ?? t(soldOut ? 'soldOut' : 'onSale')}
          {sending && ` · ${t('sending')}`}
          {stock !== null && ` · ${t('left', { count: stock.available })}`}
        </span>
      </div>
      <div class="row dish__marks">
        {soldOut ? (
          <button
            type="button"
            class="button"
            aria-label={t('onSaleNamed', { name })}
            onClick={() => mark(false, null)}
          >
            {t('putOnSale')}
          </button>
        ) : (
          <div class="dish__marks" role="group" aria-label={t('soldOutNamed', { name })}>
            <button
              type="button"
              class="button button--bad"
              onClick={() => mark(true, endOfBusinessDay(Date.now(), zone, cutoffHour))}
            >
              {t('untilTomorrow')}
            </button>
            <button type="button" class="button button--bad" onClick={() => mark(true, null)}>
              {t('untilSaid')}
            </button>
          </div>
        )}
        {stock !== null && (
          <form
            class="row"
            onSubmit={(event) => {
              event.preventDefault()
              const level = event.currentTarget.elements.namedItem('level')
              if (level instanceof HTMLInputElement && level.checkValidity())
                tap({ kind: 'stock', itemId, level: level.valueAsNumber })
            }}
          >
            <input
              class="number"
              name="level"
              type="number"
              inputMode="numeric"
              required
              min={stock.reserved}
              max="999999"
              key={stock.level}
              aria-label={t('setStock', { name })}
              defaultValue={String(stock.level)}
            />
            <button type="submit" class="button">
              {t('save')}
            </button>
          </form>
        )}
      </div>
    </li>
  )
}
