import { useEffect, useState } from 'preact/hooks'
import { finds } from '../lib/hangul.ts'
import { outcomeOf } from '../lib/outcome.ts'
import { Sheet } from '../ui/sheet.tsx'
import { api, menuChanges, tap, type Item } from './state.ts'
import { t } from './words.ts'

/** Every dish of the menu; pages of the list are read one after the other. */
async function readItems(): Promise<readonly Item[] | null> {
  const all: Item[] = []
  let cursor: string | null = null
  do {
    const query: Record<string, string> = { limit: '100', ...(cursor !== null && { cursor }) }
    const read = await outcomeOf(api.api.v1.restaurants.me.items.$get({ query }))
    if (!read.ok) return null
    all.push(...read.value.items)
    cursor = read.value.next_cursor
  } while (cursor !== null)
  return all
}

/** Sold out with a tap, and how many are left. */
export function Stock({ onClose }: { onClose: () => void }) {
  const [items, setItems] = useState<readonly Item[] | null | 'loading'>('loading')
  const [sought, setSought] = useState('')
  const read = () => void readItems().then(setItems)
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
      {items === 'loading' && <p role="status">{t('loading')}</p>}
      {items === null && (
        <>
          <p class="note note--bad" role="alert">
            {t('unreached')}
          </p>
          <button type="button" class="button" onClick={read}>
            {t('retry')}
          </button>
        </>
      )}
      {Array.isArray(items) && (
        <ul class="stack">
          {(items as readonly Item[])
            .filter(({ name }) => finds(name, sought))
            .map((item) => (
              <Dish key={item.id} item={item} />
            ))}
        </ul>
      )}
    </Sheet>
  )
}

function Dish({ item }: { item: Item }) {
  const { id: itemId, name, sold_out: soldOut, stock } = item
  return (
    <li class="card stack">
      <div class="row">
        <strong>{name}</strong>
        <span class={soldOut ? 'field__error' : 'soft'}>
          {t(soldOut ? 'soldOut' : 'onSale')}
          {stock !== null && ` · ${t('left', { count: stock.available })}`}
        </span>
      </div>
      <div class="row">
        {soldOut ? (
          <button
            type="button"
            class="button"
            onClick={() => tap({ kind: 'sold-out', itemId, soldOut: false, until: null })}
          >
            {t('onSale')}
          </button>
        ) : (
          <button
            type="button"
            class="button button--bad"
            onClick={() => tap({ kind: 'sold-out', itemId, soldOut: true, until: null })}
          >
            {t('soldOut')}
          </button>
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
