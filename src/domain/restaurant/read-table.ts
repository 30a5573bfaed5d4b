import { isStaff, type Asker } from '../actor.ts'
import type { TableAccess } from './settings.ts'
import type { TableState } from './table.ts'

/**
 * Staff read every table, a guest the one of the own visit, and where tables are open whoever names it;
 * to others it does not exist.
 */
export const mayReadTable = (table: TableState, asker: Asker, access: TableAccess): boolean =>
  isStaff(asker) ||
  asker.visit?.tableId === table.id ||
  (access === 'OPEN' && asker.named === table.id)
