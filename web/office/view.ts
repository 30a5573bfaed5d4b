import { computed } from '@preact/signals'
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

const { named } = viewOfAddress(VIEWS)
export const view = computed<View>(() => named.value ?? 'menu')
