import type { FieldError, Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { Currency } from '../money.ts'
import { blankItem, editedItem } from './compose-item.ts'
import type { Category, ItemOption, MenuItemWithStock } from './menu.ts'
import {
  MAX_CATEGORIES,
  MAX_ITEMS,
  type DocumentCategory,
  type DocumentItem,
  type MenuDocument,
} from './menu-document.ts'

/** What an import looks at. Rows of what was removed count: a file from before brings them back. */
export interface ImportState {
  restaurantKey: string
  currency: Currency
  /** On the menu now, in the owner's order. */
  categories: readonly Category[]
  items: readonly MenuItemWithStock[]
  /** Of the ids that the document names, those that were the restaurant's and are removed. */
  removedCategories: readonly Category[]
  removedItems: readonly MenuItemWithStock[]
  /** Files of the restaurant's that any item shows or showed. */
  images: ReadonlySet<string>
  nextNumber: number
}

export interface ImportPlan {
  categories: readonly (Category & { deleted: boolean })[]
  items: readonly MenuItemWithStock[]
  summary: Omit<ImportSummary, 'menuVersion'>
}

/** How many of each were made, changed and removed. */
export interface ImportSummary {
  menuVersion: number
  categories: { created: number; changed: number; removed: number }
  items: { created: number; changed: number; removed: number }
  /** Of another restaurant, or not known here. */
  imagesLeftOut: number
}

/**
 * What the document makes of the menu: only what differs comes back, or everything that is wrong
 * with it. `merge` changes and adds, what is new going to the end; `replace` leaves nothing but the
 * document, in its order.
 */
export function planImport(
  state: ImportState,
  document: MenuDocument,
  mode: 'merge' | 'replace',
  mintId: () => string,
): Result<ImportPlan, Refusal> {
  const planner = new Planner(state, mode, mintId)
  planner.take(document)
  return planner.errors.length > 0
    ? refuse({ kind: 'INVALID', errors: planner.errors })
    : ok(planner.plan())
}

class Planner {
  readonly errors: FieldError[] = []
  readonly #state: ImportState
  readonly #replaces: boolean
  readonly #mintId: () => string
  readonly #categories = new Map<string, Category>()
  readonly #items = new Map<string, MenuItemWithStock>()
  readonly #knownCategories: Map<string, Category>
  readonly #knownItems: Map<string, MenuItemWithStock>
  /** Of what is on the menu; what the document does not name is still in here at the end. */
  readonly #lastPositions = new Map<string, number>()
  #nextNumber: number
  #imagesLeftOut = 0

  constructor(state: ImportState, mode: 'merge' | 'replace', mintId: () => string) {
    this.#state = state
    this.#replaces = mode === 'replace'
    this.#mintId = mintId
    this.#nextNumber = state.nextNumber
    this.#knownCategories = byId([...state.removedCategories, ...state.categories])
    this.#knownItems = byId([...state.removedItems, ...state.items])
    for (const { position } of state.categories) this.#notePosition('', position)
    for (const { categoryId, position } of state.items) this.#notePosition(categoryId, position)
  }

  take({ currency, categories }: MenuDocument): void {
    if (currency !== null && currency !== this.#state.currency)
      this.errors.push({ field: 'currency', reason: 'other_currency' })
    categories.forEach((category, index) => {
      this.#takeCategory(category, index)
    })
    const kept = (all: readonly { id: string }[], taken: ReadonlyMap<string, unknown>) =>
      this.#replaces ? 0 : all.filter(({ id }) => !taken.has(id)).length
    if (this.#items.size + kept(this.#state.items, this.#items) > MAX_ITEMS)
      this.errors.push({ field: 'categories', reason: 'too_many_items' })
    if (this.#categories.size + kept(this.#state.categories, this.#categories) > MAX_CATEGORIES)
      this.errors.push({ field: 'categories', reason: 'too_many_categories' })
  }

  plan(): ImportPlan {
    const removed = <T extends { id: string }>(now: readonly T[], taken: Map<string, T>): T[] =>
      this.#replaces ? now.filter(({ id }) => !taken.has(id)) : []
    const { categories, items } = this.#state
    const goneCategories = removed(categories, this.#categories)
    const goneItems = removed(items, this.#items)
    const madeCategories = differing([...this.#categories.values()], byId(categories))
    const madeItems = differing([...this.#items.values()], byId(items))
    return {
      categories: [
        ...[...madeCategories.created, ...madeCategories.changed].map(asLiving),
        ...goneCategories.map((category) => ({ ...category, deleted: true })),
      ],
      items: [
        ...madeItems.created,
        ...madeItems.changed,
        ...goneItems.map((item) => ({ ...item, deleted: true })),
      ],
      summary: {
        categories: counts(madeCategories, goneCategories),
        items: counts(madeItems, goneItems),
        imagesLeftOut: this.#imagesLeftOut,
      },
    }
  }

  #takeCategory({ id, name, names, items }: DocumentCategory, index: number): void {
    const field = `categories.${index}`
    const before = id === undefined ? undefined : this.#knownCategories.get(id)
    if (before !== undefined && this.#categories.has(before.id))
      this.errors.push({ field: `${field}.id`, reason: 'repeated' })
    const stays = this.#state.categories.some((category) => category.id === before?.id)
    const category = {
      ...before,
      id: before?.id ?? this.#mintId(),
      name,
      names,
      position: this.#positionOf('', index, stays ? before : undefined),
    }
    this.#categories.set(category.id, category)
    items.forEach((item, at) => {
      this.#takeItem(item, category.id, at, `${field}.items.${at}`)
    })
  }

  #takeItem({ id, image, ...input }: DocumentItem, categoryId: string, at: number, field: string) {
    const before = id === undefined ? undefined : this.#knownItems.get(id)
    if (before !== undefined && this.#items.has(before.id))
      this.errors.push({ field: `${field}.id`, reason: 'repeated' })
    const stays = before?.categoryId === categoryId && !before.deleted
    const position = this.#positionOf(categoryId, at, stays ? before : undefined)
    const base =
      before ?? blankItem({ id: this.#mintId(), number: this.#takeNumber(), position: at })
    const composed = editedItem(
      // A mark from before the removal says nothing of today.
      base.deleted ? { ...base, deleted: false, soldOut: false, soldOutUntil: null } : base,
      { ...input, categoryId, position, options: withKnownIds(input.options, base.options) },
      { mintId: this.#mintId, categoryExists: () => true },
    )
    if (composed.ok) this.#items.set(base.id, { ...composed.value, image: this.#imageOf(image) })
    else if (composed.refusal.kind === 'INVALID')
      for (const error of composed.refusal.errors)
        this.errors.push({ field: `${field}.${error.field}`, reason: error.reason })
  }

  #imageOf(image: DocumentItem['image']): string | null {
    if (image === null) return null
    const own = image.restaurantKey === this.#state.restaurantKey
    if (own && this.#state.images.has(image.file)) return image.file
    this.#imagesLeftOut += 1
    return null
  }

  #takeNumber(): number {
    const number = this.#nextNumber
    this.#nextNumber += 1
    return number
  }

  #positionOf(scope: string, index: number, before: { position: number } | undefined): number {
    if (this.#replaces) return index
    if (before !== undefined) return before.position
    const position = (this.#lastPositions.get(scope) ?? -1) + 1
    this.#notePosition(scope, position)
    return position
  }

  #notePosition(scope: string, position: number): void {
    this.#lastPositions.set(scope, Math.max(this.#lastPositions.get(scope) ?? -1, position))
  }
}

const byId = <T extends { id: string }>(entries: readonly T[]): Map<string, T> =>
  new Map(entries.map((entry) => [entry.id, entry]))
const asLiving = (category: Category) => ({ ...category, deleted: false })

/** Ids of another restaurant's options, or of options that are gone, are minted anew. */
function withKnownIds(options: DocumentItem['options'], existing: readonly ItemOption[]) {
  return options.map(({ id, choices, ...option }) => {
    const before = existing.find((known) => known.id === id)
    return {
      ...option,
      id: before?.id,
      choices: choices.map((choice) => ({
        ...choice,
        id: before?.choices.find((known) => known.id === choice.id)?.id,
      })),
    }
  })
}

function differing<T extends { id: string }>(wanted: readonly T[], now: ReadonlyMap<string, T>) {
  const created = wanted.filter(({ id }) => !now.has(id))
  const changed = wanted.filter((entry) => {
    const before = now.get(entry.id)
    return before !== undefined && JSON.stringify(before) !== JSON.stringify(entry)
  })
  return { created, changed }
}

const counts = (
  { created, changed }: { created: readonly unknown[]; changed: readonly unknown[] },
  gone: readonly unknown[],
) => ({ created: created.length, changed: changed.length, removed: gone.length })
