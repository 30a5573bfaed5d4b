import { drizzle, type DrizzleSqliteDODatabase } from 'drizzle-orm/durable-sqlite'

/** The object's own SQLite by drizzle's synchronous driver. */
export type Database = DrizzleSqliteDODatabase

export const openDatabase = (storage: DurableObjectStorage): Database => drizzle(storage)
