import { useId } from 'preact/hooks'
import { RestaurantPicker, type Restaurant } from '../restaurant-picker.tsx'
import { t } from './words.ts'

export interface Where {
  restaurant: Restaurant | null
  day: string
}

/** Beside an order's number: where, and on which day. */
export function ByNumber({ where, onWhere }: { where: Where; onWhere: (where: Where) => void }) {
  const id = useId()
  return (
    <div class="pair">
      <RestaurantPicker
        chosen={where.restaurant}
        onChoose={(restaurant) => onWhere({ ...where, restaurant })}
      />
      <div class="field">
        <label for={id}>{t('day')}</label>
        <input
          id={id}
          type="date"
          required
          value={where.day}
          onChange={(event) => onWhere({ ...where, day: event.currentTarget.value })}
        />
      </div>
    </div>
  )
}
