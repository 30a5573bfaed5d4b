import { isStaff, type Asker } from '../actor.ts'
import type { TableState } from './table.ts'

/** Staff read every table, a guest the one of the own visit; to others it does not exist. */
export const mayReadTable = (table: TableState, asker: Asker): boolean =>
  isStaff(asker) || asker.visit?.tableId === table.id
