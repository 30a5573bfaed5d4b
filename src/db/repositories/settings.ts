import { drizzle } from 'drizzle-orm/d1'
import { StorageUnavailableError } from '../../domain/unavailable.ts'
import { platformSettings } from '../schema/administration.ts'
import { once } from '../unavailable.ts'
import type { SettingRepository } from './setting-ports.ts'

const READ_WITHIN_MS = 1_000

/** The platform's settings and the proposals to change them, in D1. */
export function createSettings(database: D1Database): SettingRepository {
  const db = drizzle(database)
  return {
    stored: () => inTime(once(() => db.select().from(platformSettings).all())),
  }
}

/** Requests of every kind read settings: a database that hangs must not hang them all. */
async function inTime<T>(reading: Promise<T>): Promise<T> {
  const late = scheduler.wait(READ_WITHIN_MS).then((): never => {
    throw new StorageUnavailableError(new Error('no answer in time'))
  })
  return Promise.race([reading, late])
}
