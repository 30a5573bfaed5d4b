import { signal } from '@preact/signals'
import { money } from '../lib/format.ts'
import { finds } from '../lib/hangul.ts'
import { Notices } from './notices.tsx'
import { openSheet } from './place.ts'
import { menu, type Item } from './state.ts'
import { t } from './words.ts'

const sought = signal('')

/** The menu: searched, or by its categories. */
export function MenuView() {
  const { categories } = menu.value
  const wanted = sought.value.trim()
  const shown =
    wanted === ''
      ? categories.filter(({ items }) => items.length > 0)
      : categories.flatMap(({ items, ...category }) => {
          const found = items.filter(
            ({ name, description, tags }) =>
              finds(name, wanted) ||
              finds(description ?? '', wanted) ||
              tags.some((tag) => finds(tag, wanted)),
          )
          return found.length > 0 ? [{ ...category, items: found }] : []
        })
  const count = shown.reduce((sum, { items }) => sum + items.length, 0)
  return (
    <>
      <Notices />
      <div class="search">
        <label class="unseen" for="search">
          {t('searchLabel')}
        </label>
        <input
          id="search"
          type="search"
          inputMode="search"
          enterKeyHint="search"
          autocomplete="off"
          placeholder={t('search')}
          value={sought.value}
          onInput={(event) => {
            sought.value = event.currentTarget.value
          }}
        />
        <p class="unseen" role="status">
          {wanted !== '' && (count === 0 ? t('nothingFound') : t('found', { count }))}
        </p>
      </div>
      {wanted === '' && (
        <nav class="categories" aria-label={t('menu')}>
          {shown.map(({ id, name }) => (
            <a
              key={id}
              href={`#c-${id}`}
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(`c-${id}`)?.scrollIntoView({ block: 'start' })
              }}
            >
              {name}
            </a>
          ))}
        </nav>
      )}
      {count === 0 && wanted !== '' && <p class="empty soft">{t('nothingFound')}</p>}
      {shown.map(({ id, name, items }) => (
        <section key={id} id={`c-${id}`} class="category" aria-labelledby={`h-${id}`}>
          <h2 id={`h-${id}`}>{name}</h2>
          <ul>
            {items.map((item) => (
              <Dish key={item.id} item={item} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Dish({ item }: { item: Item }) {
  const { name, description, price, image_url: photo, is_available: there, tags } = item
  return (
    <li>
      <button
        type="button"
        class={there ? 'dish' : 'dish dish--gone'}
        onClick={() => openSheet({ kind: 'item', itemId: item.id, lineId: null })}
      >
        <span class="dish__words">
          <span class="dish__name">
            {name}
            {tags.map((tag) => (
              <span key={tag} class="tag">
                {tag}
              </span>
            ))}
          </span>
          {description !== null && <span class="dish__about soft">{description}</span>}
          <span class="sum">
            {there ? money(price, menu.value.restaurant.currency) : t('soldOut')}
          </span>
        </span>
        {photo !== null && (
          <img
            class="dish__thumb"
            src={photo}
            alt=""
            width="96"
            height="96"
            loading="lazy"
            decoding="async"
          />
        )}
      </button>
    </li>
  )
}
