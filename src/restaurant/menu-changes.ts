import type { ItemSupply } from '../domain/menu/compose-item.ts'
import type { Category, MenuItemWithStock } from '../domain/menu/menu.ts'
import type { Context } from './context.ts'

/** Stores the item as the owner has it now; every reader of the menu may see the difference. */
export function saveItem(cx: Context, item: MenuItemWithStock): void {
  cx.store.menu.saveItem(item)
  cx.raiseMenuVersion()
  cx.emit({ type: 'MENU_CHANGED', subject: { kind: 'item', item }, message: null })
}

/** Stores the category likewise. */
export function saveCategory(cx: Context, category: Category & { deleted: boolean }): void {
  cx.store.menu.saveCategory(category)
  cx.raiseMenuVersion()
  cx.emit({ type: 'MENU_CHANGED', subject: { kind: 'category', category }, message: null })
}

type AnyCategory = Category & { deleted: boolean }

/**
 * Many rows changed at once: one event tells everyone to read the menu of its new version, and the
 * rows go to the read model in parts.
 */
export function announceMenu(
  cx: Context,
  changed: { categories?: readonly AnyCategory[]; items?: readonly MenuItemWithStock[] },
): void {
  cx.raiseMenuVersion()
  const subject = { kind: 'restaurant', restaurant: cx.restaurant() } as const
  cx.emit({ type: 'MENU_CHANGED', subject, message: null })
  const { categories = [], items = [] } = changed
  for (const part of inParts(categories))
    cx.emit({
      type: 'MENU_CHANGED',
      subject: { kind: 'menu', categories: part, items: [] },
      message: null,
    })
  for (const part of inParts(items))
    cx.emit({
      type: 'MENU_CHANGED',
      subject: { kind: 'menu', categories: [], items: part },
      message: null,
    })
}

/** A queue message carries 128 KB, at three bytes a Hangul syllable. */
const PART_CHARS = 20_000

function inParts<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = []
  let size = Infinity
  for (const row of rows) {
    const chars = JSON.stringify(row).length
    if (size + chars > PART_CHARS) {
      parts.push([])
      size = 0
    }
    parts.at(-1)?.push(row)
    size += chars
  }
  return parts
}

/** What composing an item needs from here. */
export const itemSupply = (cx: Context): ItemSupply => ({
  mintId: () => cx.mintRandomId(),
  categoryExists: (categoryId) => cx.store.menu.category(categoryId) !== null,
})
