import { asc, eq } from 'drizzle-orm'
import type { SecretChange, SecretHint, SecretName } from '../../domain/restaurant/secrets.ts'
import type { Database } from './database.ts'
import type { Memory } from './memory.ts'
import { secrets } from './schema.ts'

/** What the restaurant entrusted to us, sealed by the Worker: the object cannot read it. */
export function createSecretStore(db: Database, memory: Memory) {
  const known = memory.one(() => {
    const rows = db.select({ name: secrets.name, sealed: secrets.sealed }).from(secrets).all()
    return new Map(rows.map(({ name, sealed }) => [name, sealed]))
  })
  return {
    hints: (): SecretHint[] =>
      db
        .select({ name: secrets.name, hint: secrets.hint })
        .from(secrets)
        .orderBy(asc(secrets.name))
        .all(),
    sealed: (name: SecretName): string | null => known.get().get(name) ?? null,
    apply(change: SecretChange): void {
      known.forget()
      if (change.sealed === null) {
        db.delete(secrets).where(eq(secrets.name, change.name)).run()
        return
      }
      const { name, sealed, hint } = change
      db.insert(secrets)
        .values({ name, sealed, hint })
        .onConflictDoUpdate({ target: secrets.name, set: { sealed, hint } })
        .run()
    },
  }
}
