import { eq, sql } from 'drizzle-orm'
import { LATER_SETTINGS, type RestaurantState } from '../../domain/restaurant/settings.ts'
import type { Database } from './database.ts'
import type { Memory } from './memory.ts'
import { restaurant } from './schema.ts'

interface Row {
  state: RestaurantState
  watermark: number
  restoring: number | null
}

/** The restaurant's one row. */
export function createRestaurantStore(db: Database, memory: Memory) {
  const read = db.select().from(restaurant).prepare()
  const row = memory.one((): Row => {
    const found = read.get()
    if (found === undefined) throw new Error('the restaurant was never initialised')
    const { settings, watermark, restoring, ...rest } = found
    return { state: { ...LATER_SETTINGS, ...settings, ...rest }, watermark, restoring }
  })
  return {
    create({ id, epoch, epochStart = 0, menuVersion, createdAt, ...settings }: RestaurantState) {
      db.insert(restaurant)
        .values({ id, settings, epoch, epochStart, menuVersion, createdAt, watermark: 0 })
        .run()
    },
    exists: (): boolean => read.get() !== undefined,
    get: (): RestaurantState => row.get().state,
    /** Which menu stands; every reader of the menu asks this. */
    menuMark: (): Pick<RestaurantState, 'id' | 'epoch' | 'menuVersion'> => row.get().state,
    watermark: (): number => row.get().watermark,
    restoring: (): number | null => row.get().restoring,
    saveSettings(changed: RestaurantState): void {
      const { id, epoch: _e, epochStart: _s, menuVersion: _m, createdAt: _c, ...settings } = changed
      db.update(restaurant).set({ settings }).where(eq(restaurant.id, id)).run()
      row.forget()
    },
    /** Every change a reader of the menu could see raises it. */
    raiseMenuVersion(): void {
      db.update(restaurant)
        .set({ menuVersion: sql`${restaurant.menuVersion} + 1` })
        .run()
      row.forget()
    },
    /** `epochStart`: the number before the first of the epoch. */
    beginEpoch(epoch: number, epochStart: number): void {
      db.update(restaurant).set({ epoch, epochStart }).run()
      row.forget()
    },
    markRestoring(epoch: number): void {
      db.update(restaurant).set({ restoring: epoch }).run()
      row.forget()
    },
    setWatermark(seq: number): void {
      db.update(restaurant).set({ watermark: seq }).run()
      row.forget()
    },
  }
}
