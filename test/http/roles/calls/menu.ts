import { png } from '../../../support/images.ts'
import type { Calls } from '../call.ts'

const DISH = { name: '새 메뉴', price: 1_000 }

export const MENU_CALLS: Calls = {
  listCategories: {},
  createCategory: { body: { name: '새 분류' } },
  // Not all of them.
  orderCategories: { body: { ids: [] }, admitted: 400 },
  editCategory: { of: 'category', body: { position: 1 } },
  deleteCategory: { of: 'category' },
  listItems: {},
  createItem: {
    of: 'category',
    body: ({ ids: [id] }) => ({ ...DISH, category_id: id }),
    unknown: 400,
  },
  orderItems: { body: { ids: [] }, admitted: 400 },
  getItem: { of: 'item' },
  deleteItem: { of: 'item' },
  editItem: { of: 'item', body: { price: 1_100 } },
  putItem: { of: 'item', body: { price: 1_200 } },
  markSoldOut: { of: 'item', body: { sold_out: true } },
  listOptions: {},
  putItemOptions: { of: 'item', body: { options: [] } },
  putItemImage: { of: 'item', bytes: png(20, 10), headers: { 'content-type': 'image/png' } },
  deleteItemImage: { of: 'item' },
  exportMenu: {},
  importMenu: { body: { v: 1, mode: 'merge', categories: [] } },
  createProduct: {
    of: 'category',
    body: ({ ids: [id] }, { id: restaurant_id }) => ({ ...DISH, category_id: id, restaurant_id }),
    unknown: 400,
  },
  putProduct: { of: 'item', body: { price: 1_300 } },
  deleteProduct: { of: 'item' },
  createCoupon: { of: 'own restaurant', body: ({ ids: [id] }) => coupon(id) },
  // Of the restaurants that they own: of none.
  listCoupons: { former: 200 },
  editCoupon: { of: 'coupon', body: { value: 200 } },
  getCoupon: { of: 'coupon' },
  getCouponStats: { of: 'coupon' },
  claimCoupon: { of: 'code' },
  validateCoupons: {
    of: 'code',
    body: ({ ids: [code] }, { cola }) => ({ code, items: [{ menu_id: cola.id, quantity: 1 }] }),
  },
  listOwnCoupons: {},
}

let made = 0
const coupon = (restaurant_id: string | undefined) => ({
  code: `NEW${(made += 1)}`,
  ...{ kind: 'FIXED', value: 100, total_quantity: 1, restaurant_id },
})
