import { money } from '../../lib/format.ts'
import { countText } from '../counts.ts'
import { shortId } from '../ids.ts'
import { personName, restaurantName } from '../names.ts'
import { me } from '../state.ts'
import type { Setting } from './types.ts'
import { t } from './words.ts'

type Value = Setting['value']

/** A value as people read it, with its unit. */
export function valueText({ type, unit }: Pick<Setting, 'type' | 'unit'>, value: Value): string {
  if (value === null) return t('none')
  if (typeof value === 'string') return type === 'restaurant' ? restaurantName(value) : value
  if (unit === null) return countText(value)
  return t(`${unit}-value`, {
    value: unit === 'KRW' ? money(value, 'KRW') : countText(value),
  })
}

export const whoText = (id: string | null): string => {
  if (id === null) return '–'
  return id === me.value?.id ? t('me') : (personName(id) ?? shortId(id))
}
