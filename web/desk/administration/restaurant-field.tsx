import { useEffect, useId } from 'preact/hooks'
import { learnRestaurants, restaurantNames } from './restaurants.ts'
import { t } from './words.ts'

const ID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'

/** Chooses a restaurant: by name where it is known, by id always. */
export function RestaurantField({
  value = '',
  required = false,
  label = t('restaurant'),
}: {
  value?: string
  required?: boolean
  label?: string
}) {
  const id = useId()
  useEffect(() => void learnRestaurants(), [])
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name="restaurant"
        list={`${id}-known`}
        defaultValue={value}
        required={required}
        pattern={ID}
        title={t('notAnId')}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={`${id}-hint`}
      />
      <datalist id={`${id}-known`}>
        {[...restaurantNames.value].map(([one, name]) => (
          <option key={one} value={one} label={name} />
        ))}
      </datalist>
      <p id={`${id}-hint`} class="soft">
        {t('restaurantHint')}
      </p>
    </div>
  )
}
