import type { Coupon } from './coupons-view.tsx'

/** What a coupon takes something off, as it is being chosen. */
export interface Scope {
  whole: boolean
  items: readonly string[]
  categories: readonly string[]
}

export const scopeOf = (coupon: Pick<Coupon, 'item_ids' | 'category_ids'> | null): Scope => {
  const [items, categories] = [coupon?.item_ids ?? [], coupon?.category_ids ?? []]
  return { whole: items.length + categories.length === 0, items, categories }
}

/** As the API takes it; the whole menu is no ids at all. */
export const scopeJson = ({ whole, items, categories }: Scope) => ({
  item_ids: whole ? [] : [...items],
  category_ids: whole ? [] : [...categories],
})

/** Nothing chosen would mean everything, which is not what was asked for. */
export const isEmpty = ({ whole, items, categories }: Scope): boolean =>
  !whole && items.length + categories.length === 0

/** A list with or without an entry. */
export const toggled = (list: readonly string[], id: string, on: boolean): readonly string[] =>
  on ? [...list.filter((one) => one !== id), id] : list.filter((one) => one !== id)

/** Chosen once, and not on the menu any more. */
export const missingOf = (
  { items, categories }: Scope,
  menu: { items: readonly { id: string }[]; categories: readonly { id: string }[] },
): readonly string[] => [
  ...items.filter((id) => !menu.items.some((one) => one.id === id)),
  ...categories.filter((id) => !menu.categories.some((one) => one.id === id)),
]
