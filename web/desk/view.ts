import { viewOfAddress } from '../ui/view-of-address.ts'

export const VIEWS = [
  'overview',
  'customers',
  'orders',
  'refunds',
  'activity',
  'alerts',
  'outgoing',
  'settings',
  'accounts',
  'partners',
  'money',
  'audit',
] as const
export type View = (typeof VIEWS)[number]

const FOR_SUPPORT: readonly View[] = [
  'customers',
  'orders',
  'refunds',
  'activity',
  'overview',
  'alerts',
  'outgoing',
  'money',
]

/** What a role finds at the desk; the server decides what it may do there. */
export const VIEWS_OF: Partial<Record<string, readonly View[]>> = {
  ADMIN: VIEWS,
  SUPPORT: FOR_SUPPORT,
  MARKETING: ['overview'],
}

export const { named, within: addressed } = viewOfAddress(VIEWS)
