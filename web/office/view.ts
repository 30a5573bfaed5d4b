import { viewOfAddress } from '../ui/view-of-address.ts'

export const VIEWS = [
  'menu',
  'stock',
  'tables',
  'coupons',
  'statistics',
  'settings',
  'staff',
] as const
export type View = (typeof VIEWS)[number]

export const { view } = viewOfAddress(VIEWS)
