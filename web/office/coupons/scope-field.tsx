import { Choices, Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { readMenu, type WholeMenu } from '../menu/data.ts'
import { missingOf, toggled, type Scope } from './scope.ts'
import { t } from './words.ts'

/** The whole menu, or some of its categories and dishes. */
export const ScopeField = ({
  scope,
  onChange,
}: {
  scope: Scope
  onChange: (scope: Scope) => void
}) => (
  <Choices path="item_ids" legend={t('scope')}>
    <div class="pair">
      {[true, false].map((whole) => (
        <label key={String(whole)} class="check">
          <input
            type="radio"
            name="scope"
            checked={scope.whole === whole}
            onChange={() => onChange({ ...scope, whole })}
          />
          <span>{t(whole ? 'wholeMenu' : 'someOfIt')}</span>
        </label>
      ))}
    </div>
    {!scope.whole && <Some scope={scope} onChange={onChange} />}
  </Choices>
)

function Some({ scope, onChange }: { scope: Scope; onChange: (scope: Scope) => void }) {
  const { reading, again } = useReading(readMenu)
  if (reading.kind !== 'read') return <Pending of={reading} again={() => void again()} />
  const missing = missingOf(scope, reading.value)
  return (
    <>
      {reading.value.categories.length === 0 && <p class="soft">{t('noMenu')}</p>}
      {reading.value.categories.map((category) => (
        <Category
          key={category.id}
          category={category}
          items={reading.value.items.filter(({ category_id: id }) => id === category.id)}
          scope={scope}
          onChange={onChange}
        />
      ))}
      {missing.length > 0 && (
        <div class="row">
          <span class="soft">{t('missing', { count: missing.length })}</span>
          <button
            type="button"
            class="button button--small"
            onClick={() =>
              onChange({
                ...scope,
                items: scope.items.filter((id) => !missing.includes(id)),
                categories: scope.categories.filter((id) => !missing.includes(id)),
              })
            }
          >
            {t('dropMissing')}
          </button>
        </div>
      )}
    </>
  )
}

function Category({
  category: { id: categoryId, name },
  items,
  scope,
  onChange,
}: {
  category: WholeMenu['categories'][number]
  items: WholeMenu['items']
  scope: Scope
  onChange: (scope: Scope) => void
}) {
  const all = scope.categories.includes(categoryId)
  return (
    <div class="scope" role="group" aria-label={name}>
      <label class="check">
        <input
          type="checkbox"
          checked={all}
          onChange={({ currentTarget: { checked } }) =>
            onChange({ ...scope, categories: toggled(scope.categories, categoryId, checked) })
          }
        />
        <strong>{t('wholeCategory', { name })}</strong>
      </label>
      {!all && (
        <div class="checks">
          {items.map((item) => (
            <label key={item.id} class="check">
              <input
                type="checkbox"
                checked={scope.items.includes(item.id)}
                onChange={({ currentTarget: { checked } }) =>
                  onChange({ ...scope, items: toggled(scope.items, item.id, checked) })
                }
              />
              <span>{item.name}</span>
            </label>
          ))}
        </div>
      )}
    </div>
  )
}
