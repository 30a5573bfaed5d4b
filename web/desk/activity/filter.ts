import type { Activity } from '../support/types.ts'

export const ACTIONS = [
  'searched',
  'viewed',
  'unmasked',
  'noted',
  'refund-requested',
  'refund-decided',
] as const satisfies readonly Activity['action'][]

/** As the fields hold it; empty: whatever it is. Times by this device's clock. */
export interface Filter {
  actor: string
  customer: string
  order: string
  action: string
  from: string
  to: string
}

export const NO_FILTER: Filter = {
  actor: '',
  customer: '',
  order: '',
  action: '',
  from: '',
  to: '',
}

const instant = (local: string): string => {
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? '' : at.toISOString()
}

/** As the API takes it: what is left empty is not asked for. */
export function queryOf({
  actor,
  customer,
  order,
  action,
  from,
  to,
}: Filter): Record<string, string> {
  const all = {
    actor_id: actor.trim(),
    customer_id: customer.trim(),
    order_id: order.trim(),
    action,
    from: instant(from),
    to: instant(to),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}
