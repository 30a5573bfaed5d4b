import type { Customer } from '../../db/repositories/support-ports.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import type { Agent } from './activity-of.ts'
import { noteView } from './note-view.ts'

type ReadingDeps = Pick<Deps, 'supportCustomers' | 'supportActivity' | 'now' | 'random'>

/** The account whose data is about to be read; that it is, is noted first. */
export async function customerToRead(
  deps: ReadingDeps,
  agent: Agent,
  customerId: string,
): Promise<Result<Customer, Refusal>> {
  const customer = await deps.supportCustomers.byId(customerId)
  if (customer === null) return refuse({ kind: 'NOT_FOUND', what: 'customer' })
  await noteView(deps, agent, { customerId })
  return ok(customer)
}

export interface CustomerProfile extends Customer {
  /** Log-ins that can still be renewed. */
  openSessions: number
  balance: number
}

/** Who somebody is on the platform. */
export async function readCustomer(
  deps: ReadingDeps & Pick<Deps, 'sessions' | 'wallets'>,
  agent: Agent,
  customerId: string,
): Promise<Result<CustomerProfile, Refusal>> {
  const customer = await customerToRead(deps, agent, customerId)
  if (!customer.ok) return customer
  const [sessions, balance] = await Promise.all([
    deps.sessions.openOf(customerId, deps.now()),
    deps.wallets.balanceOf(customerId),
  ])
  return ok({ ...customer.value, openSessions: sessions.length, balance })
}
