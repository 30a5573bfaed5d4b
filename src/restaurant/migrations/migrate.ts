import { createRestaurant } from './0001-create-restaurant.ts'
import { noteEndedMemberships } from './0002-note-ended-memberships.ts'
import { completeTheMenu } from './0003-complete-the-menu.ts'
import { keepSecrets } from './0004-keep-secrets.ts'
import { dropAgendaIndex } from './0005-drop-agenda-index.ts'
import { takeEveryPayment } from './0006-take-every-payment.ts'
import { fewerOrderIndexes } from './0007-fewer-order-indexes.ts'
import { couponsAndCharges } from './0008-coupons-and-charges.ts'
import { noteEpochs } from './0009-note-epochs.ts'
import { noteTraces } from './0010-note-traces.ts'

export interface Migration {
  name: string
  statements: readonly string[]
}

/** In order, forward only: expand first, contract a release later (both versions run in a rollout). */
export const MIGRATIONS: readonly Migration[] = [
  createRestaurant,
  noteEndedMemberships,
  completeTheMenu,
  keepSecrets,
  dropAgendaIndex,
  takeEveryPayment,
  fewerOrderIndexes,
  couponsAndCharges,
  noteEpochs,
  noteTraces,
]

/** Whether the object was ever initialised. Asking creates nothing. */
export function isInitialized(sql: SqlStorage): boolean {
  return (
    sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'").toArray()
      .length > 0
  )
}

/** Brings the object's tables up to date; cheap when they are. Call inside a transaction. */
export function migrate(sql: SqlStorage, now: number, migrations = MIGRATIONS): void {
  sql.exec(
    `CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL)
      STRICT, WITHOUT ROWID`,
  )
  const applied = new Set(
    sql
      .exec<{ name: string }>('SELECT name FROM migrations')
      .toArray()
      .map((row) => row.name),
  )
  for (const migration of migrations) {
    if (applied.has(migration.name)) continue
    for (const statement of migration.statements) sql.exec(statement)
    sql.exec('INSERT INTO migrations (name, applied_at) VALUES (?, ?)', migration.name, now)
  }
}
