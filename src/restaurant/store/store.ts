import { createAgendaStore } from './agenda.ts'
import { createAttendance } from './attendance.ts'
import { createClaimStore } from './coupon-claims.ts'
import { createCouponStore } from './coupons.ts'
import { openDatabase } from './database.ts'
import { createDepositStore } from './deposits.ts'
import { createEventStore } from './events.ts'
import { createForgetting } from './forgetting.ts'
import { Memory } from './memory.ts'
import { createCategoryStore, createMenuStore } from './menu.ts'
import { createOrderLists } from './order-lists.ts'
import { createOrderStore } from './orders.ts'
import { createPaymentStore } from './payments.ts'
import { createRebuildPages } from './rebuild-pages.ts'
import { createRestaurantStore } from './restaurant.ts'
import { createSecretStore } from './secrets.ts'
import { createSessionStore } from './sessions.ts'
import { createStockLog } from './stock-log.ts'
import { createTableStore } from './tables.ts'

/** All of the object's SQL. Synchronous throughout; where a transaction begins and ends is the door's. */
export function createStore(storage: DurableObjectStorage) {
  const db = openDatabase(storage)
  const { sql } = storage
  const memory = new Memory()
  return {
    /** One transaction, or a savepoint inside one. Rolled back, it leaves nothing in memory either. */
    transaction<T>(work: () => T): T {
      try {
        return storage.transactionSync(work)
      } catch (error) {
        memory.forget()
        throw error
      }
    },
    restaurant: createRestaurantStore(db, memory),
    tables: createTableStore(db, memory),
    menu: { ...createCategoryStore(db), ...createMenuStore(db, sql, memory) },
    stockLog: createStockLog(db, sql),
    orders: { ...createOrderStore(db, sql, memory), ...createOrderLists(db) },
    payments: { ...createPaymentStore(db), ...createDepositStore(db) },
    coupons: { ...createCouponStore(db, sql, memory), ...createClaimStore(db, sql) },
    rebuilding: createRebuildPages(db),
    events: createEventStore(db, sql, memory),
    agenda: createAgendaStore(db, sql, memory),
    attendance: createAttendance(memory),
    forgetting: createForgetting(sql),
    secrets: createSecretStore(db, memory),
    sessions: createSessionStore(db, sql, memory),
  }
}

export type Store = ReturnType<typeof createStore>
