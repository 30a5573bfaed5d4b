import { createAgendaStore } from './agenda.ts'
import { openDatabase } from './database.ts'
import { createEventStore } from './events.ts'
import { createCategoryStore, createMenuStore } from './menu.ts'
import { createOrderLists } from './order-lists.ts'
import { createOrderStore } from './orders.ts'
import { createPaymentStore } from './payments.ts'
import { createRestaurantStore } from './restaurant.ts'
import { createSecretStore } from './secrets.ts'
import { createSessionStore } from './sessions.ts'
import { createTableStore } from './tables.ts'

/** All of the object's SQL. Synchronous throughout; transactions are the door's. */
export function createStore(storage: DurableObjectStorage) {
  const db = openDatabase(storage)
  return {
    restaurant: createRestaurantStore(db),
    tables: createTableStore(db),
    menu: { ...createCategoryStore(db), ...createMenuStore(db) },
    orders: { ...createOrderStore(db), ...createOrderLists(db) },
    payments: createPaymentStore(db),
    events: createEventStore(db),
    agenda: createAgendaStore(db),
    secrets: createSecretStore(db),
    sessions: createSessionStore(db),
  }
}

export type Store = ReturnType<typeof createStore>
