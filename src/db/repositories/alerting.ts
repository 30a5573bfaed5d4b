import { createAlertChannels } from './alert-channels.ts'
import { createAlertMessages } from './alert-messages.ts'
import { createAlertReader } from './alert-readings.ts'
import { createAlerts } from './alerts.ts'
import { createDeadAgendas } from './dead-agendas.ts'

/** What is watched over, where that stands, and who is told: all of it in D1. */
export const createAlerting = (database: D1Database) => ({
  alerts: createAlerts(database),
  alertReader: createAlertReader(database),
  alertChannels: createAlertChannels(database),
  alertMessages: createAlertMessages(database),
  deadAgendas: createDeadAgendas(database),
})
