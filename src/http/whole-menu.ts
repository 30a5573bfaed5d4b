import type { Menu } from '../domain/queries.ts'
import type { Refusal } from '../domain/refusal.ts'
import { ok, type Result } from '../domain/result.ts'
import type { HttpVariables } from './context.ts'
import { question } from './restaurant-calls.ts'

/** The own restaurant's menu as it is now, stock and all. */
export async function wholeMenu(c: {
  readonly var: Readonly<Pick<HttpVariables, 'deps' | 'asker' | 'restaurantId'>>
}): Promise<Result<Menu, Refusal>> {
  const read = await question(c, c.var.restaurantId, { type: 'menu', knownVersion: null })
  if (!read.ok) return read
  if ('unchanged' in read.value) throw new Error('a reader without a version was told it has it')
  return ok(read.value)
}
