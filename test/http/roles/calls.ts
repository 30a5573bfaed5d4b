import type { Calls } from './call.ts'
import { ACCOUNT_CALLS } from './calls/accounts.ts'
import { ADMINISTRATION_CALLS } from './calls/administration.ts'
import { ALERT_CALLS } from './calls/alerts.ts'
import { MENU_CALLS } from './calls/menu.ts'
import { MONEY_CALLS } from './calls/money.ts'
import { ORDER_CALLS } from './calls/orders.ts'
import { PARTNER_CALLS } from './calls/partners.ts'
import { RESTAURANT_CALLS } from './calls/restaurants.ts'
import { SUPPORT_CALLS } from './calls/support.ts'

/** By `operationId`. Every route but the public ones has its call here, and nothing else has. */
export const CALLS = {
  accounts: ACCOUNT_CALLS,
  restaurants: RESTAURANT_CALLS,
  menu: MENU_CALLS,
  orders: ORDER_CALLS,
  money: MONEY_CALLS,
  administration: ADMINISTRATION_CALLS,
  alerts: ALERT_CALLS,
  partners: PARTNER_CALLS,
  support: SUPPORT_CALLS,
} satisfies Record<string, Calls>
