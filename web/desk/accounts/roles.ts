import type { Role } from '../administration/types.ts'

/** Those that an administrator gives; working at a restaurant is said there. */
export const ROLES = [
  'CUSTOMER',
  'OWNER',
  'SUPPORT',
  'INVENTORY',
  'MARKETING',
  'ADMIN',
] as const satisfies readonly Role[]
export type GivenRole = (typeof ROLES)[number]
