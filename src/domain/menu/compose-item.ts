import type { Commands, ItemInput } from '../commands.ts'
import type { FieldError, Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { MenuItem, MenuItemWithStock } from './menu.ts'
import { composeOptions } from './options.ts'
import { cheapest, MAX_ITEM_PRICE } from './price.ts'

/** What composing an item looks at and needs, and cannot know itself. */
export interface ItemSupply {
  mintId: () => string
  categoryExists: (categoryId: string) => boolean
}

/** A new item, not counted and for sale. */
export function newItem(
  input: ItemInput,
  place: { id: string; number: number; position: number },
  supply: ItemSupply,
): Result<MenuItemWithStock, Refusal> {
  return composed(blankItem(place), input, supply)
}

/** The item with the changes; its number, picture, availability and stock are not edited here. */
export function editedItem(
  item: MenuItemWithStock,
  changes: Commands['edit-item']['input']['changes'],
  supply: ItemSupply,
): Result<MenuItemWithStock, Refusal> {
  return composed(item, changes, supply)
}

/** What an item is before anything was said of it. */
export const blankItem = (place: {
  id: string
  number: number
  position: number
}): MenuItemWithStock => ({
  id: place.id,
  categoryId: '',
  number: place.number,
  name: '',
  names: {},
  description: null,
  descriptions: {},
  price: 0,
  position: place.position,
  options: [],
  allergens: [],
  tags: [],
  spiceLevel: 0,
  maxPerOrder: null,
  image: null,
  soldOut: false,
  soldOutUntil: null,
  deleted: false,
  stock: null,
})

function composed(
  item: MenuItemWithStock,
  changes: Commands['edit-item']['input']['changes'],
  supply: ItemSupply,
): Result<MenuItemWithStock, Refusal> {
  const options =
    changes.options === undefined
      ? ok(item.options)
      : composeOptions(changes.options, item.options, supply.mintId)
  return finish(
    {
      ...item,
      categoryId: changes.categoryId ?? item.categoryId,
      name: changes.name ?? item.name,
      names: changes.names ?? item.names,
      price: changes.price ?? item.price,
      description: changes.description === undefined ? item.description : changes.description,
      descriptions: changes.descriptions ?? item.descriptions,
      position: changes.position ?? item.position,
      options: options.ok ? options.value : item.options,
      allergens: changes.allergens ?? item.allergens,
      tags: changes.tags ?? item.tags,
      spiceLevel: changes.spiceLevel ?? item.spiceLevel,
      maxPerOrder: changes.maxPerOrder === undefined ? item.maxPerOrder : changes.maxPerOrder,
    },
    options.ok ? [] : options.refusal,
    supply,
  )
}

function finish(
  item: MenuItemWithStock,
  optionErrors: readonly FieldError[],
  { categoryExists }: ItemSupply,
): Result<MenuItemWithStock, Refusal> {
  const errors = [...optionErrors]
  if (!categoryExists(item.categoryId))
    errors.unshift({ field: 'category_id', reason: 'unknown_category' })
  errors.push(...priceErrors(item, optionErrors.length === 0))
  return errors.length > 0 ? refuse({ kind: 'INVALID', errors }) : ok(item)
}

function priceErrors({ price, options }: MenuItem, withOptions: boolean): FieldError[] {
  if (!Number.isSafeInteger(price)) return [{ field: 'price', reason: 'invalid_type' }]
  if (price < 0) return [{ field: 'price', reason: 'too_small' }]
  if (price > MAX_ITEM_PRICE) return [{ field: 'price', reason: 'too_big' }]
  return withOptions && cheapest(price, options) < 0
    ? [{ field: 'options', reason: 'negative_price' }]
    : []
}
