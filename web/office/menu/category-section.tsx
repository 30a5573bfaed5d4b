import { endText, money } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { toast } from '../../ui/toasts.tsx'
import { api, currency, endOfToday, timezone } from '../state.ts'
import type { Category, Item } from './data.ts'
import type { Asking } from './menu-view.tsx'
import { moved } from './moved.ts'
import { t } from './words.ts'

const Arrow = ({
  up,
  name,
  disabled,
  onClick,
}: {
  up: boolean
  name: string
  disabled: boolean
  onClick: () => void
}) => (
  <button
    type="button"
    class="button button--small"
    aria-label={t(up ? 'moveUp' : 'moveDown', { name })}
    disabled={disabled}
    onClick={onClick}
  >
    {up ? '↑' : '↓'}
  </button>
)

/** A part of the menu with its dishes. */
export const CategorySection = ({
  category,
  items,
  first,
  last,
  asking,
  onMove,
}: {
  category: Category
  items: readonly Item[]
  first: boolean
  last: boolean
  asking: Asking
  onMove: (by: -1 | 1) => void
}) => (
  <section class="card" aria-labelledby={`cat-${category.id}`}>
    <div class="line">
      <h2 id={`cat-${category.id}`} class="line__what">
        {category.name}
      </h2>
      <div class="tools">
        <Arrow up name={category.name} disabled={first || asking.busy} onClick={() => onMove(-1)} />
        <Arrow
          up={false}
          name={category.name}
          disabled={last || asking.busy}
          onClick={() => onMove(1)}
        />
        <button
          type="button"
          class="button button--small"
          aria-label={t('renameNamed', { name: category.name })}
          onClick={() => asking.open({ what: 'category', category })}
        >
          {t('rename')}
        </button>
        <button
          type="button"
          class="button button--small button--quiet"
          aria-label={t('removeNamed', { name: category.name })}
          onClick={() => {
            if (items.length > 0) toast(t('onlyEmpty'))
            else asking.remove('categories', category)
          }}
        >
          {t('remove')}
        </button>
        <button
          type="button"
          class="button button--small button--main"
          aria-label={t('newItemIn', { name: category.name })}
          onClick={() => asking.open({ what: 'item', item: null, categoryId: category.id })}
        >
          {t('newItem')}
        </button>
      </div>
    </div>
    {items.length === 0 ? (
      <p class="soft">{t('emptyCategory')}</p>
    ) : (
      <ul>
        {items.map((item, at) => (
          <Row key={item.id} item={item} at={at} all={items} asking={asking} />
        ))}
      </ul>
    )}
  </section>
)

function Row({
  item,
  at,
  all,
  asking,
}: {
  item: Item
  at: number
  all: readonly Item[]
  asking: Asking
}) {
  const { id, name, sold_out: soldOut, sold_out_until: until, category_id: category } = item
  const { items } = api.api.v1.restaurants.me
  const move = (by: -1 | 1) => {
    const ids = moved(all, at, by).map((one) => one.id)
    void asking.send(outcomeOf(items.order.$put({ json: { category_id: category, ids } })))
  }
  const mark = (wanted: boolean, end: string | null) => {
    const json = { sold_out: wanted, until: end }
    void asking.send(outcomeOf(items[':id']['sold-out'].$put({ param: { id }, json })))
  }
  return (
    <li class="line">
      {item.image_url === null ? (
        <span class="picture" />
      ) : (
        <img class="picture" src={item.image_url} alt="" loading="lazy" width={56} height={56} />
      )}
      <div class="line__what">
        <strong>{name}</strong>{' '}
        {soldOut && (
          <span class="badge badge--bad">
            {until === null
              ? t('soldOut')
              : t('soldOutUntil', { time: endText(until, endOfToday(), timezone.value) })}
          </span>
        )}
        <p class="soft">
          {money(item.price, currency.value)}
          {item.options.length > 0 && ` · ${t('optionCount', { count: item.options.length })}`}
        </p>
      </div>
      <div class="tools">
        <Arrow up name={name} disabled={at === 0 || asking.busy} onClick={() => move(-1)} />
        <Arrow
          up={false}
          name={name}
          disabled={at === all.length - 1 || asking.busy}
          onClick={() => move(1)}
        />
        <button
          type="button"
          class="button button--small"
          aria-pressed={soldOut}
          aria-label={t('soldOutNamed', { name })}
          disabled={asking.busy}
          onClick={() => mark(!soldOut, null)}
        >
          {t('soldOut')}
        </button>
        {!soldOut && (
          <button
            type="button"
            class="button button--small"
            aria-label={t('soldOutTodayNamed', { name })}
            disabled={asking.busy}
            onClick={() => mark(true, endOfToday())}
          >
            {t('soldOutToday')}
          </button>
        )}
        <button
          type="button"
          class="button button--small"
          aria-label={t('editItem', { name })}
          onClick={() => asking.open({ what: 'item', item, categoryId: category })}
        >
          {t('edit')}
        </button>
        <button
          type="button"
          class="button button--small button--quiet"
          aria-label={t('removeNamed', { name })}
          onClick={() => asking.remove('items', item)}
        >
          {t('remove')}
        </button>
      </div>
    </li>
  )
}
