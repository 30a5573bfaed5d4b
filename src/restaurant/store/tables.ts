import { asc, eq, sql } from 'drizzle-orm'
import type { TableState, VisitState } from '../../domain/restaurant/table.ts'
import type { Database } from './database.ts'
import type { Memory } from './memory.ts'
import { diningTables, visits } from './schema.ts'

const MOST_VISITS_REMEMBERED = 1_000

/** Tables and the visits at them. */
export function createTableStore(db: Database, memory: Memory) {
  const tables = memory.one(() => {
    const rows = db
      .select()
      .from(diningTables)
      .where(eq(diningTables.deleted, false))
      .orderBy(asc(diningTables.name))
      .all()
    return new Map(rows.map((table) => [table.id, table]))
  })
  const visitsKnown = memory.byKey<VisitState | null>(MOST_VISITS_REMEMBERED)
  const visitById = db
    .select()
    .from(visits)
    .where(eq(visits.id, sql.placeholder('id')))
    .prepare()

  return {
    all: (): TableState[] => [...tables.get().values()],
    get: (id: string): TableState | null => tables.get().get(id) ?? null,
    byName: (name: string): TableState | null =>
      [...tables.get().values()].find((table) => table.name === name) ?? null,
    save(table: TableState): void {
      db.insert(diningTables)
        .values(table)
        .onConflictDoUpdate({ target: diningTables.id, set: table })
        .run()
      tables.forget()
    },
    visit: (id: string): VisitState | null =>
      visitsKnown.get(id, () => visitById.get({ id }) ?? null),
    saveVisit(visit: VisitState): void {
      db.insert(visits).values(visit).onConflictDoUpdate({ target: visits.id, set: visit }).run()
      visitsKnown.forget(visit.id)
    },
  }
}
