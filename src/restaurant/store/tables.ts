import { and, asc, eq, sql } from 'drizzle-orm'
import type { TableState, VisitState } from '../../domain/restaurant/table.ts'
import type { Database } from './database.ts'
import { diningTables, visits } from './schema.ts'

/** Tables and the visits at them. */
export function createTableStore(db: Database) {
  const visitById = db
    .select()
    .from(visits)
    .where(eq(visits.id, sql.placeholder('id')))
    .prepare()
  const tableById = db
    .select()
    .from(diningTables)
    .where(and(eq(diningTables.id, sql.placeholder('id')), eq(diningTables.deleted, false)))
    .prepare()

  return {
    all: (): TableState[] =>
      db
        .select()
        .from(diningTables)
        .where(eq(diningTables.deleted, false))
        .orderBy(asc(diningTables.name))
        .all(),
    get: (id: string): TableState | null => tableById.get({ id }) ?? null,
    byName: (name: string): TableState | null =>
      db
        .select()
        .from(diningTables)
        .where(and(eq(diningTables.name, name), eq(diningTables.deleted, false)))
        .get() ?? null,
    save(table: TableState): void {
      db.insert(diningTables)
        .values(table)
        .onConflictDoUpdate({ target: diningTables.id, set: table })
        .run()
    },
    visit: (id: string): VisitState | null => visitById.get({ id }) ?? null,
    saveVisit(visit: VisitState): void {
      db.insert(visits).values(visit).onConflictDoUpdate({ target: visits.id, set: visit }).run()
    },
  }
}
