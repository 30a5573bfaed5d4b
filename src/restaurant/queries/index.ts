import type { QueryType } from '../../domain/queries.ts'
import type { QueryModule } from '../query-module.ts'
import { board } from './board.ts'
import { couponStats } from './coupon-stats.ts'
import { coupon } from './coupon.ts'
import { couponByCode } from './coupon-by-code.ts'
import { coupons } from './coupons.ts'
import { deposits } from './deposits.ts'
import { eventsAfter } from './events-after.ts'
import { order } from './order.ts'
import { ownClaims } from './own-claims.ts'
import { orderUnderKey } from './order-under-key.ts'
import { ownOrders } from './own-orders.ts'
import { payment } from './payment.ts'
import { quoteOrder } from './quote-order.ts'
import { rebuildPage } from './rebuild-page.ts'
import { item } from './item.ts'
import { product } from './product.ts'
import { givenUpEntries } from './given-up-entries.ts'
import { menuText } from './menu-text.ts'
import { menu } from './menu.ts'
import { statistics } from './statistics.ts'
import { ownRestaurant } from './own-restaurant.ts'
import { refund } from './refund.ts'
import { restaurant } from './restaurant.ts'
import { sealedSecret } from './sealed-secret.ts'
import { sealedSecrets } from './sealed-secrets.ts'
import { stockLevels } from './stock-levels.ts'
import { stockMovements } from './stock-movements.ts'
import { table } from './table.ts'
import { tableOrders } from './table-orders.ts'
import { tables } from './tables.ts'

/** Question → module; the compiler holds the table complete. */
export const QUERIES: { [T in QueryType]: QueryModule<T> } = {
  restaurant,
  'own-restaurant': ownRestaurant,
  'sealed-secret': sealedSecret,
  menu,
  'menu-text': menuText,
  item,
  product,
  statistics,
  tables,
  table,
  'table-orders': tableOrders,
  'stock-levels': stockLevels,
  'stock-movements': stockMovements,
  'quote-order': quoteOrder,
  order,
  'order-under-key': orderUnderKey,
  'own-orders': ownOrders,
  board,
  payment,
  'events-after': eventsAfter,
  'given-up-entries': givenUpEntries,
  'rebuild-page': rebuildPage,
  refund,
  deposits,
  coupon,
  'coupon-by-code': couponByCode,
  coupons,
  'own-claims': ownClaims,
  'coupon-stats': couponStats,
  'sealed-secrets': sealedSecrets,
}
