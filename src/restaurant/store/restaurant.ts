import { eq, sql } from 'drizzle-orm'
import { LATER_SETTINGS, type RestaurantState } from '../../domain/restaurant/settings.ts'
import type { Database } from './database.ts'
import { restaurant } from './schema.ts'

interface MenuMark {
  id: string
  epoch: number
  menuVersion: number
}

/** The restaurant's one row. */
export function createRestaurantStore(db: Database) {
  const row = db.select().from(restaurant).prepare()
  /** Forgotten before every write, so that a write that is rolled back leaves nothing wrong behind. */
  let knownMark: MenuMark | null = null
  const mark = db
    .select({ id: restaurant.id, epoch: restaurant.epoch, menuVersion: restaurant.menuVersion })
    .from(restaurant)
    .prepare()
  const read = () => {
    const found = row.get()
    if (found === undefined) throw new Error('the restaurant was never initialised')
    return found
  }
  return {
    create({ id, epoch, menuVersion, createdAt, ...settings }: RestaurantState): void {
      db.insert(restaurant)
        .values({ id, settings, epoch, menuVersion, createdAt, watermark: 0 })
        .run()
    },
    exists: (): boolean => row.get() !== undefined,
    get(): RestaurantState {
      const { settings, watermark: _, ...rest } = read()
      return { ...LATER_SETTINGS, ...settings, ...rest }
    },
    /** Which menu stands; every reader of the menu asks this. Not for use inside a transaction. */
    menuMark: (): MenuMark => (knownMark ??= mark.get() ?? read()),
    watermark: (): number => read().watermark,
    saveSettings({ id, epoch: _e, menuVersion: _m, createdAt: _c, ...settings }: RestaurantState) {
      db.update(restaurant).set({ settings }).where(eq(restaurant.id, id)).run()
    },
    /** Every change a reader of the menu could see raises it. */
    raiseMenuVersion(): void {
      knownMark = null
      db.update(restaurant)
        .set({ menuVersion: sql`${restaurant.menuVersion} + 1` })
        .run()
    },
    setWatermark(seq: number): void {
      db.update(restaurant).set({ watermark: seq }).run()
    },
  }
}
