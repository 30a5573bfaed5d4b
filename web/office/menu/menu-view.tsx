import { useState } from 'preact/hooks'
import { outcomeOf, type Outcome } from '../../lib/outcome.ts'
import { Pending, Wrong } from '../../ui/parts.tsx'
import { isAway } from '../../ui/regrets.ts'
import { useReading } from '../../ui/reading.ts'
import { api } from '../state.ts'
import { useTask } from '../../ui/task.ts'
import { CategorySection } from './category-section.tsx'
import { CategorySheet } from './category-sheet.tsx'
import { readMenu, type Category, type Item } from './data.ts'
import { ItemSheet } from './item-sheet.tsx'
import { exportMenu, ImportSheet } from './menu-file.tsx'
import { moved } from './moved.ts'
import { removeFromMenu } from './removal.ts'
import { t } from './words.ts'

/** What the menu's rows ask of the view. */
export interface Asking {
  open: (asked: Asked) => void
  send: (work: Promise<Outcome<unknown>>) => Promise<void>
  /** Takes a dish or a category off the menu, with five seconds to think better of it. */
  remove: (what: 'items' | 'categories', entry: { id: string; name: string }) => void
  busy: boolean
}
export type Asked =
  | { what: 'category'; category: Category | null }
  | { what: 'item'; item: Item | null; categoryId: string }
  | { what: 'import' }

export function MenuView() {
  const { reading, again } = useReading(readMenu)
  const { busy, trouble, run } = useTask()
  const [asked, setAsked] = useState<Asked | null>(null)
  if (reading.kind !== 'read') return <Pending of={reading} again={() => void again()} />
  const categories = reading.value.categories.filter(({ id }) => !isAway(id))
  const items = reading.value.items.filter(({ id }) => !isAway(id))
  const send = async (work: Promise<Outcome<unknown>>) => {
    await run(work)
    await again()
  }
  const asking: Asking = {
    open: setAsked,
    send,
    remove: (what, entry) => removeFromMenu(what, entry, () => void again()),
    busy,
  }
  const ids = categories.map(({ id }) => id)
  const order = api.api.v1.restaurants.me.categories.order
  return (
    <>
      <div class="tools">
        <button
          type="button"
          class="button button--main"
          onClick={() => setAsked({ what: 'category', category: null })}
        >
          {t('newCategory')}
        </button>
        <button type="button" class="button" onClick={() => void exportMenu()}>
          {t('export')}
        </button>
        <button type="button" class="button" onClick={() => setAsked({ what: 'import' })}>
          {t('import')}
        </button>
      </div>
      <Wrong text={trouble} />
      {categories.length === 0 && <p class="soft">{t('empty')}</p>}
      {categories.map((category, at) => (
        <CategorySection
          key={category.id}
          category={category}
          items={items.filter(({ category_id: id }) => id === category.id)}
          first={at === 0}
          last={at === categories.length - 1}
          asking={asking}
          onMove={(by) => void send(outcomeOf(order.$put({ json: { ids: moved(ids, at, by) } })))}
        />
      ))}
      {asked !== null && (
        <AskedSheet
          asked={asked}
          categories={categories}
          onClose={() => setAsked(null)}
          onSaved={() => void again()}
        />
      )}
    </>
  )
}

function AskedSheet({
  asked,
  categories,
  onClose,
  onSaved,
}: {
  asked: Asked
  categories: readonly Category[]
  onClose: () => void
  onSaved: () => void
}) {
  switch (asked.what) {
    case 'category':
      return <CategorySheet category={asked.category} onClose={onClose} onSaved={onSaved} />
    case 'item':
      return (
        <ItemSheet
          item={asked.item}
          categoryId={asked.categoryId}
          categories={categories}
          onClose={onClose}
          onSaved={onSaved}
        />
      )
    case 'import':
      return <ImportSheet onClose={onClose} onSaved={onSaved} />
  }
}
