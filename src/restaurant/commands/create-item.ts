import { newItem } from '../../domain/menu/compose-item.ts'
import { nextPosition } from '../../domain/menu/position.ts'
import type { CommandModule } from '../command-module.ts'
import { itemSupply, saveItem } from '../menu-changes.ts'

/** A new item with the restaurant's next number, which no other item will ever have. */
export const createItem: CommandModule<'create-item'> = {
  run(cx, { type: _, ...input }) {
    const { menu } = cx.store
    const siblings = menu.items().filter((item) => item.categoryId === input.categoryId)
    const place = {
      id: cx.mintRandomId(),
      number: menu.nextNumber(),
      position: nextPosition(siblings),
    }
    const item = newItem(input, place, itemSupply(cx))
    if (item.ok) saveItem(cx, item.value)
    return item
  },
}
