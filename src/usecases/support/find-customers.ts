import type { Customer, Keyset } from '../../db/repositories/support-ports.ts'
import type { CustomerQuery } from '../../domain/support/customer-query.ts'
import type { Deps } from '../deps.ts'
import { activityOf, type Agent } from './activity-of.ts'
import { orderById, orderIdByNumber, orderIdByPayment } from './find-order.ts'

export interface CustomerSearch {
  query: CustomerQuery
  /** For a number: where, and on which business day (null: the one that runs now). */
  restaurantId: string | null
  day: string | null
}

export interface FoundCustomers {
  customers: readonly Customer[]
  /** The order that was meant, where an id or a number meant one: guests have no account. */
  orderId: string | null
}

type FindingDeps = Pick<
  Deps,
  'supportCustomers' | 'supportActivity' | 'restaurants' | 'now' | 'random'
>

/** Whom the text means. Every search is noted, by how and how many, before it is answered. */
export async function findCustomers(
  deps: FindingDeps,
  agent: Agent,
  search: CustomerSearch,
  page: Keyset,
): Promise<FoundCustomers> {
  const found = await find(deps, search, page)
  const { customers, orderId } = found
  const details = { by: search.query.by, found: customers.length }
  const only = customers.length === 1 ? customers[0] : undefined
  const who = search.query.by === 'id' || search.query.by === 'number' ? (only?.id ?? null) : null
  await deps.supportActivity.note(
    activityOf(deps, agent, 'searched', { customerId: who, orderId, details }),
  )
  return found
}

async function find(
  deps: FindingDeps,
  { query: { by, text }, restaurantId, day }: CustomerSearch,
  page: Keyset,
): Promise<FoundCustomers> {
  if (by === 'email') return people(await deps.supportCustomers.byEmail(text, page))
  if (by === 'name') return people(await deps.supportCustomers.byName(text, page))
  if (by === 'id') return byId(deps, text)
  if (restaurantId === null) return people([])
  return ofOrder(deps, await orderIdByNumber(deps, { restaurantId, number: text, day }))
}

/** A person's, an order's or a payment's. */
async function byId(deps: FindingDeps, id: string): Promise<FoundCustomers> {
  const customer = await deps.supportCustomers.byId(id)
  if (customer !== null) return people([customer])
  const order = await ofOrder(deps, id)
  return order.orderId === null ? ofOrder(deps, await orderIdByPayment(deps, id)) : order
}

async function ofOrder(deps: FindingDeps, id: string | null): Promise<FoundCustomers> {
  const found = id === null ? null : await orderById(deps, id)
  if (id === null || found?.ok !== true) return people([])
  const { userId } = found.value.order
  const customer = userId === null ? null : await deps.supportCustomers.byId(userId)
  return { customers: customer === null ? [] : [customer], orderId: id }
}

const people = (customers: readonly Customer[]): FoundCustomers => ({ customers, orderId: null })
