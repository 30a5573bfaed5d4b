import { computed, signal } from '@preact/signals'
import { keep, recall } from '../lib/kept.ts'
import { items, tableId, type Item } from './state.ts'

export interface Line {
  id: string
  menuId: string
  /** As it was called when it was taken: what leaves the menu can still be named. */
  name?: string
  quantity: number
  /** Ids of the choices taken, by their option. */
  choices: readonly { optionId: string; choiceId: string }[]
}

const KEY = `os-cart-${tableId}`
const stored = signal<readonly Line[]>((recall(KEY) as readonly Line[] | null) ?? [])

function store(lines: readonly Line[]): void {
  stored.value = lines
  keep(KEY, lines)
}

const sameChoices = (a: Line['choices'], b: Line['choices']): boolean => {
  const written = (choices: Line['choices']) =>
    choices
      .map(({ optionId, choiceId }) => `${optionId} ${choiceId}`)
      .sort()
      .join()
  return written(a) === written(b)
}

export const lines = computed(() => stored.value)
export const count = computed(() => lines.value.reduce((sum, { quantity }) => sum + quantity, 0))

/** Portions of a dish in the cart, over all its lines but one. */
export const portionsOf = (menuId: string, but: string | null = null): number =>
  stored.value
    .filter((line) => line.menuId === menuId && line.id !== but)
    .reduce((sum, { quantity }) => sum + quantity, 0)

export function priceOf(item: Item, choices: Line['choices']): number {
  const deltas = choices.map(({ optionId, choiceId }) => {
    const option = item.options.find(({ id }) => id === optionId)
    return option?.choices.find(({ id }) => id === choiceId)?.price_delta ?? 0
  })
  return deltas.reduce((sum, delta) => sum + delta, item.price)
}

/** What the lines come to by the menu that is shown; the server has the last word. */
export const shownTotal = computed(() =>
  lines.value.reduce((sum, line) => {
    const item = items.value.get(line.menuId)
    return item === undefined ? sum : sum + line.quantity * priceOf(item, line.choices)
  }, 0),
)

export function addLine(wanted: Omit<Line, 'id'>): void {
  const alike = stored.value.find(
    ({ menuId, choices }) => menuId === wanted.menuId && sameChoices(choices, wanted.choices),
  )
  store(
    alike === undefined
      ? [...stored.value, { ...wanted, id: crypto.randomUUID() }]
      : stored.value.map((line) =>
          line === alike ? { ...line, quantity: line.quantity + wanted.quantity } : line,
        ),
  )
}

/** 0 takes the line out. */
export function setQuantity(id: string, quantity: number): void {
  store(
    stored.value.flatMap((line) =>
      line.id !== id ? [line] : quantity <= 0 ? [] : [{ ...line, quantity }],
    ),
  )
}

export function replaceLine(id: string, wanted: Omit<Line, 'id'>): void {
  store(stored.value.filter((line) => line.id !== id))
  addLine(wanted)
}

export const emptyCart = (): void => store([])
export function takeOut(ids: ReadonlySet<string>): void {
  store(stored.value.filter(({ id }) => !ids.has(id)))
}
/** Lines that could not be ordered come back. */
export const refill = (back: readonly Line[]): void => store([...back, ...stored.value])

/** As the API takes lines. */
export const requested = (some: readonly Line[]) =>
  some.map(({ menuId, quantity, choices }) => ({
    menu_id: menuId,
    quantity,
    options: choices.map(({ optionId, choiceId }) => ({ option_id: optionId, choice: choiceId })),
  }))
