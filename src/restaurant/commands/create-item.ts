import { newItem } from '../../domain/menu/compose-item.ts'
import type { CommandModule } from '../command-module.ts'
import { itemSupply, saveItem } from '../menu-changes.ts'

/** A new item with the restaurant's next number, which no other item will ever have. */
export const createItem: CommandModule<'create-item'> = {
  run(cx, { type: _, ...input }) {
    const { menu } = cx.store
    const place = {
      id: cx.mintRandomId(),
      number: menu.nextNumber(),
      position: (menu.siblings(input.categoryId).lastPosition ?? -1) + 1,
    }
    const item = newItem(input, place, itemSupply(cx))
    if (item.ok) saveItem(cx, item.value)
    return item
  },
}
