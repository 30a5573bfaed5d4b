import type { Menu } from '../domain/queries.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Result } from '../domain/result.ts'
import type { HttpVariables } from './context.ts'
import { question } from './restaurant-calls.ts'

/** The own restaurant's menu as it is now, stock and all. */
export const wholeMenu = (c: {
  readonly var: Readonly<Pick<HttpVariables, 'deps' | 'asker' | 'restaurantId'>>
}): Promise<Result<Menu, Refusal>> => question(c, c.var.restaurantId, { type: 'menu' })
