import { useState } from 'preact/hooks'
import { RestaurantPicker, type Restaurant } from '../support/restaurant-picker.tsx'
import { knowRestaurants, restaurantName } from '../names.ts'

/** A restaurant as a field of a form, by name for its reader and by id (`restaurant`) for the form. */
export function RestaurantField({ value = '', hint }: { value?: string; hint: string }) {
  const [chosen, setChosen] = useState<Restaurant | null>(
    value === '' ? null : { id: value, name: restaurantName(value) },
  )
  const choose = (restaurant: Restaurant | null) => {
    setChosen(restaurant)
    if (restaurant !== null) knowRestaurants([restaurant])
  }
  return (
    <>
      <RestaurantPicker chosen={chosen} hint={hint} onChoose={choose} />
      <input type="hidden" name="restaurant" value={chosen?.id ?? ''} />
    </>
  )
}
