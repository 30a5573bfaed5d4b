import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { mintRandomId, restaurantKeyOf } from '../ids.ts'
import { MAX_LINES, MAX_QUANTITY } from '../order/limits.ts'
import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { CartLine } from './cart.ts'

type Lines = readonly CartLine[]
type Options = CartLine['options']

/** What somebody wants in the cart, its choices by id. */
export type WantedLine = Pick<CartLine, 'itemId' | 'options' | 'quantity'>

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Choices in the one order that a line keeps them in. */
export const sortedOptions = (options: Options): Options =>
  options.toSorted((a, b) => compare(a.optionId, b.optionId) || compare(a.choice, b.choice))

/** The id of the line that this item with these choices is, in whatever order they came. */
export function lineIdOf(itemId: string, options: Options): string {
  const choices = sortedOptions(options).map(({ optionId, choice }) => [optionId, choice])
  const digest = sha256(utf8ToBytes(JSON.stringify([itemId, choices])))
  return mintRandomId(restaurantKeyOf(itemId), (length) => digest.slice(0, length))
}

const newLine = ({ itemId, options, quantity }: WantedLine): CartLine => ({
  id: lineIdOf(itemId, options),
  itemId,
  options: sortedOptions(options),
  quantity,
  seenUnitPrice: null,
})

const tooBig = (field: string): { ok: false; refusal: Refusal } =>
  refuse({ kind: 'INVALID', errors: [{ field, reason: 'too_big' }] })

/** The lines with this one at this quantity, whatever it was before; 0 takes it out. */
export function setLine(lines: Lines, wanted: WantedLine): Result<Lines, Refusal> {
  const line = newLine(wanted)
  if (line.quantity === 0) return ok(lines.filter(({ id }) => id !== line.id))
  if (line.quantity > MAX_QUANTITY) return tooBig('quantity')
  if (lines.some(({ id }) => id === line.id))
    return ok(lines.map((old) => (old.id === line.id ? { ...old, quantity: line.quantity } : old)))
  return lines.length < MAX_LINES ? ok([...lines, line]) : tooBig('items')
}

/** The lines with so many portions more of this one. */
export function addLine(lines: Lines, wanted: WantedLine): Result<Lines, Refusal> {
  const id = lineIdOf(wanted.itemId, wanted.options)
  const before = lines.find((line) => line.id === id)?.quantity ?? 0
  return setLine(lines, { ...wanted, quantity: before + wanted.quantity })
}

/** The line that a path names: by its own id, or by its item's where that is in one line alone. */
export function findLine(lines: Lines, id: string): Result<CartLine, Refusal> {
  const own = lines.find((line) => line.id === id)
  if (own !== undefined) return ok(own)
  const [first, ...others] = lines.filter(({ itemId }) => itemId === id)
  if (first === undefined) return refuse({ kind: 'NOT_FOUND', what: 'cart line' })
  if (others.length === 0) return ok(first)
  const lineIds = [first, ...others].map((line) => line.id)
  return refuse({ kind: 'CART_LINE_AMBIGUOUS', lineIds })
}

/** What stays of the lines when these have been ordered; what was changed meanwhile stays changed. */
export function subtractLines(lines: Lines, ordered: Lines): Lines {
  const gone = new Map(ordered.map(({ id, quantity }) => [id, quantity]))
  return lines.flatMap((line) => {
    const quantity = line.quantity - (gone.get(line.id) ?? 0)
    return quantity > 0 ? [{ ...line, quantity }] : []
  })
}
