import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { activityOf, type Agent } from './activity-of.ts'
import { orderById } from './find-order.ts'

export const CUSTOMER_FIELDS = ['email', 'name'] as const
export const ORDER_FIELDS = ['special_requests', 'payer_names'] as const

const HOUR_MS = 3_600_000
const ERASED: Refusal = { kind: 'CUSTOMER_ERASED' }

type UnmaskingDeps = Pick<
  Deps,
  'supportCustomers' | 'supportActivity' | 'platformSettings' | 'restaurants' | 'now' | 'random'
>

interface Unmasking<F extends string> {
  id: string
  fields: readonly F[]
  reason: string
}

/** Fields of an account in clear. Who reads them, and why, is written down before. */
export async function unmaskCustomer(
  deps: UnmaskingDeps,
  agent: Agent,
  { id, fields, reason }: Unmasking<(typeof CUSTOMER_FIELDS)[number]>,
): Promise<Result<{ email?: string; name?: string }, Refusal>> {
  const customer = await deps.supportCustomers.byId(id)
  if (customer === null) return refuse({ kind: 'NOT_FOUND', what: 'customer' })
  if (customer.erasedAt !== null) return refuse(ERASED)
  const over = await takeOne(deps, agent, { customerId: id, orderId: null, reason, fields })
  if (over !== null) return refuse(over)
  const { email, name } = customer
  return ok({
    ...(fields.includes('email') && { email }),
    ...(fields.includes('name') && { name }),
  })
}

/** What stands on an order of a guest or customer, in clear; likewise. */
export async function unmaskOrder(
  deps: UnmaskingDeps,
  agent: Agent,
  { id, fields, reason }: Unmasking<(typeof ORDER_FIELDS)[number]>,
): Promise<Result<{ specialRequests?: string | null; payerNames?: readonly string[] }, Refusal>> {
  const found = await orderById(deps, id)
  if (!found.ok) return found
  const { order, payments } = found.value
  const customerId = order.userId
  const customer = customerId === null ? null : await deps.supportCustomers.byId(customerId)
  if (customer !== null && customer.erasedAt !== null) return refuse(ERASED)
  const over = await takeOne(deps, agent, { customerId, orderId: id, reason, fields })
  if (over !== null) return refuse(over)
  const names = payments.flatMap(({ payerName }) => (payerName === null ? [] : [payerName]))
  return ok({
    ...(fields.includes('special_requests') && { specialRequests: order.specialRequests }),
    ...(fields.includes('payer_names') && { payerNames: [...new Set(names)] }),
  })
}

/** Writes it down, where the person has some left within the hour. */
async function takeOne(
  deps: UnmaskingDeps,
  agent: Agent,
  what: {
    customerId: string | null
    orderId: string | null
    reason: string
    fields: readonly string[]
  },
): Promise<Refusal | null> {
  const { fields, ...subject } = what
  const { unmasksPerHour } = await deps.platformSettings.known()
  const activity = activityOf(deps, agent, 'unmasked', { ...subject, details: { fields } })
  const since = activity.at - HOUR_MS
  const taken = await deps.supportActivity.noteUnmask(activity, since, unmasksPerHour)
  if (taken.taken) return null
  return { kind: 'RATE_LIMITED', retryAfterSeconds: Math.ceil(taken.retryAfterMs / 1_000) }
}
