import type { Call, Calls } from '../call.ts'

const soon = '2026-11-20T03:00:01Z'
const ANY_STOCK = {
  of: 'own restaurant',
  query: ({ ids: [id] }) => `?restaurant_id=${id ?? ''}`,
  // Any id with its key names the restaurant.
  unknown: 200,
} as const satisfies Call

export const RESTAURANT_CALLS: Calls = {
  createRestaurant: { body: { name: '새 가게' } },
  getOwnRestaurant: {},
  editOwnRestaurant: { body: { unseen_alert_seconds: 60 } },
  pauseRestaurant: { body: { until: soon } },
  resumeRestaurant: {},
  markRestaurantBusy: { body: { delay_minutes: 0 } },
  listStaff: {},
  // An address of nobody's: 404 for whoever may.
  setStaffRole: { body: { email: 'nobody@example.com', role: 'STAFF' }, admitted: 404 },
  dismissStaff: { of: 'staff member' },
  listTablets: {},
  endTablet: { of: 'tablet' },
  getStatistics: {},
  listTables: {},
  getQrSheet: {},
  createTable: { body: {} },
  getTable: { of: 'table with guests' },
  deleteTable: { of: 'table' },
  getTableOrders: { of: 'table with guests' },
  openTable: { of: 'table' },
  resetTable: { of: 'table', body: {} },
  getTableQr: { of: 'table' },
  getTableQrPng: { of: 'table' },
  rotateTableCode: { of: 'table' },
  adjustStock: { of: 'item', body: ({ ids: [id] }) => ({ menu_id: id, set: 5, reason: '실사' }) },
  editStockRules: { of: 'counted item', body: { low_stock_threshold: 1 } },
  listStockLevels: {},
  listStockAudits: {},
  adjustAnyStock: {
    of: 'item',
    body: ({ ids: [id] }) => ({ menu_id: id, set: 5, reason: '실사' }),
  },
  editAnyStockRules: { of: 'counted item', body: { low_stock_threshold: 1 } },
  listAnyStockLevels: ANY_STOCK,
  listAnyStockAudits: ANY_STOCK,
}
