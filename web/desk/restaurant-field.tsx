import { useState } from 'preact/hooks'
import { knowRestaurants, restaurantName } from './names.ts'
import { RestaurantPicker, type Restaurant } from './restaurant-picker.tsx'

const asChosen = (id: string): Restaurant | null =>
  id === '' ? null : { id, name: restaurantName(id) }

/** A restaurant as a field of a form, by name for its reader and by id for the form. */
export function RestaurantField({
  name = 'restaurant',
  value = '',
  hint,
}: {
  name?: string
  value?: string
  hint: string
}) {
  const [id, setId] = useState(value)
  return (
    <>
      <RestaurantFilter value={id} hint={hint} path={name} onChange={setId} />
      <input type="hidden" name={name} value={id} />
    </>
  )
}

/** A restaurant that counts as soon as it is chosen; empty: none, or any. */
export const RestaurantFilter = ({
  value,
  onChange,
  ...rest
}: {
  value: string
  hint?: string
  path?: string
  onChange: (id: string) => void
}) => (
  <RestaurantPicker
    chosen={asChosen(value)}
    onChoose={(restaurant) => {
      if (restaurant !== null) knowRestaurants([restaurant])
      onChange(restaurant?.id ?? '')
    }}
    {...rest}
  />
)
