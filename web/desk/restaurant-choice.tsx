import { useEffect, useId, useState } from 'preact/hooks'
import { outcomeOf } from '../lib/outcome.ts'
import { useReading } from '../ui/reading.ts'
import { knowRestaurants, restaurantName } from './names.ts'
import { api, views } from './state.ts'
import { t } from './words.ts'

const SHOWN = '100'

const readRestaurants = (q: string) =>
  outcomeOf(api.api.v1.admin.restaurants.$get({ query: { limit: SHOWN, ...(q !== '' && { q }) } }))

interface Props {
  label: string
  value: string
  /** What no restaurant is called. */
  none: string
  name?: string
  /** Known without being asked for. */
  listed?: readonly string[]
  onChange: (id: string) => void
}

/** Chooses a restaurant by its name; where there are many, they are searched first. */
export const RestaurantChoice = (props: Props) =>
  views.value.includes('orders') ? <Searched {...props} /> : <Chosen {...props} ids={[]} />

function Searched(props: Props) {
  const id = useId()
  const [q, setQ] = useState('')
  const [many, setMany] = useState(false)
  const { reading } = useReading(() => readRestaurants(q), q)
  const found = reading.kind === 'read' ? reading.value : null
  useEffect(() => {
    if (found === null) return
    knowRestaurants(found.items)
    if (found.next_cursor !== null) setMany(true)
  }, [found])
  return (
    <>
      {many && (
        <div class="field">
          <label for={id}>{t('searchRestaurants')}</label>
          <input
            id={id}
            type="search"
            value={q}
            maxLength={100}
            autocomplete="off"
            onChange={(event) => setQ(event.currentTarget.value.trim())}
          />
        </div>
      )}
      <Chosen {...props} ids={found?.items.map((one) => one.id) ?? []} />
    </>
  )
}

function Chosen({
  label,
  value,
  none,
  name,
  listed = [],
  ids,
  onChange,
}: Props & { ids: readonly string[] }) {
  const id = useId()
  const all = new Set([...ids, ...listed, ...(value === '' ? [] : [value])])
  const options = [...all]
    .map((one) => [one, restaurantName(one)] as const)
    .toSorted(([, a], [, b]) => a.localeCompare(b))
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        data-path={name}
        {...(name !== undefined && { name })}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="" selected={value === ''}>
          {none}
        </option>
        {options.map(([one, text]) => (
          <option key={one} value={one} selected={one === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}
