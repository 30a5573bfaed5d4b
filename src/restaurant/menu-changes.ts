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

/** Many rows changed at once: one event tells everyone to read the menu of its new version. */
export function announceMenu(cx: Context): void {
  cx.raiseMenuVersion()
  const subject = { kind: 'restaurant', restaurant: cx.restaurant() } as const
  cx.emit({ type: 'MENU_CHANGED', subject, message: null })
}

/** What composing an item needs from here. */
export const itemSupply = (cx: Context): ItemSupply => ({
  mintId: () => cx.mintRandomId(),
  categoryExists: (categoryId) => cx.store.menu.category(categoryId) !== null,
})
