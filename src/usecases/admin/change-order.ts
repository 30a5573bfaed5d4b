import { bytesToHex } from '@noble/hashes/utils.js'
import type { Asker } from '../../domain/actor.ts'
import type { AuditEntry } from '../../domain/audit.ts'
import { commandOf, type AdminChange } from '../../domain/order/admin-change.ts'
import type { OrderStatus } from '../../domain/order/order.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { refuse, type Result } from '../../domain/result.ts'
import { StorageUnavailableError } from '../../domain/unavailable.ts'
import type { Deps } from '../deps.ts'
import { orderById, type FoundOrder } from '../support/find-order.ts'
import { auditOf, type Acting, type Audited } from './audit.ts'

export interface OrderChangeWish {
  /** `action` null: nothing that a person does leads to the status that was asked for. */
  change: Omit<AdminChange, 'action'> & { action: AdminChange['action'] | null }
  /** As it was asked for. */
  status: OrderStatus | null
  asker: Asker
  by: Acting
  idempotency: { key: string; fingerprint: string } | null
}

type ChangingDeps = Pick<Deps, 'restaurants' | 'audit' | 'toTheEnd' | 'now' | 'random' | 'log'>
type Changed = Result<FoundOrder, Refusal> & { replayed?: boolean }

const ASKED = 'order-change-asked'
/** Of the lines on one order those of one command are among the newest. */
const LINES_READ = 50

/**
 * Has a restaurant move an order along its table on an administrator's word. That it was asked for is
 * in the audit trail before the restaurant hears of it, what came of it afterwards: nothing changes
 * without a line, whatever is cut off.
 */
export function changeOrder(deps: ChangingDeps, wish: OrderChangeWish): Promise<Changed> {
  return deps.toTheEnd(async () => {
    const { orderId, action } = wish.change
    const before = await orderById(deps, orderId)
    if (!before.ok) return before
    const { order, restaurant } = before.value
    const { status, paymentStatus } = order
    // Who has ordered something is not who decides about it, or pays it back.
    if (order.userId !== null && order.userId === wish.asker.userId)
      return refuse({ kind: 'SAME_PERSON' })
    if (action === null)
      return refuse({ kind: 'ORDER_STATE', status, paymentStatus, event: wish.status ?? '' })
    const line = lineOn(wish, restaurant.id)
    const noted = await noteAsked(deps, wish, line, { action, status })
    if (!noted.ok) return noted
    return carryOut(deps, wish, line, { ...wish.change, action })
  })
}

type Line = (part: Pick<Audited, 'action' | 'changes'>) => Audited

const lineOn =
  ({ change }: OrderChangeWish, restaurantId: string): Line =>
  (part) => ({
    ...part,
    subject: 'order',
    subjectId: change.orderId,
    restaurantId,
    reason: change.reason,
  })

/** A repeat under the same key leaves no second line; the key for something else is refused. */
async function noteAsked(
  deps: ChangingDeps,
  wish: OrderChangeWish,
  line: Line,
  { action, status }: { action: string; status: OrderStatus },
): Promise<Result<null, Refusal>> {
  const command = await commandOn(wish)
  if (command !== null) {
    const asked = await askedBefore(deps, wish, command.key)
    if (asked !== null)
      return asked.fingerprint?.to === command.fingerprint
        ? { ok: true, value: null }
        : refuse({ kind: 'IDEMPOTENCY_KEY_REUSED' })
  }
  const changes = {
    action: { from: status, to: action },
    ...(command && {
      key: { from: null, to: command.key },
      fingerprint: { from: null, to: command.fingerprint },
    }),
  }
  await deps.audit.add(auditOf(deps, wish.by, line({ action: ASKED, changes })))
  return { ok: true, value: null }
}

async function askedBefore(
  { audit }: ChangingDeps,
  { change, by }: OrderChangeWish,
  key: string,
): Promise<AuditEntry['changes'] | null> {
  const filter = {
    actorId: by.userId,
    action: ASKED,
    subject: 'order',
    subjectId: change.orderId,
    restaurantId: null,
    from: null,
    to: null,
  } as const
  const lines = await audit.page(filter, { limit: LINES_READ, beforeId: null })
  return lines.find(({ changes }) => changes.key?.to === key)?.changes ?? null
}

/** Digests: what a client sends as its key is its own. */
async function commandOn({ idempotency }: OrderChangeWish) {
  if (idempotency === null) return null
  const { key, fingerprint } = idempotency
  return { key: await shortDigest(key), fingerprint: await shortDigest(fingerprint) }
}

async function shortDigest(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return bytesToHex(new Uint8Array(digest, 0, 8))
}

async function carryOut(
  deps: ChangingDeps,
  { asker, by, idempotency }: OrderChangeWish,
  line: Line,
  change: AdminChange,
): Promise<Changed> {
  const { orderId, action } = change
  const envelope = { command: commandOf(change), asker, idempotency, traceId: by.traceId }
  const outcome = await deps.restaurants(orderId).execute(envelope)
  const after = await orderById(deps, orderId)
  const now = after.ok ? after.value.order.status : null
  const done: Pick<Audited, 'action' | 'changes'> = outcome.ok
    ? {
        action: 'order-changed',
        changes: { status: { from: null, to: now }, action: { from: null, to: action } },
      }
    : {
        action: 'order-change-refused',
        changes: {
          refusal: { from: null, to: outcome.refusal.kind },
          action: { from: null, to: action },
        },
      }
  if (!(outcome.ok && outcome.replayed)) await noteOutcome(deps, by, line(done))
  if (!outcome.ok) return outcome
  return after.ok ? { ...after, replayed: outcome.replayed } : after
}

/** The change has been made or refused: a database that is down now takes nothing back. */
async function noteOutcome(deps: ChangingDeps, by: Acting, line: Audited): Promise<void> {
  const { subjectId: orderId, action } = line
  try {
    await deps.audit.add(auditOf(deps, by, line))
  } catch (error) {
    if (!(error instanceof StorageUnavailableError)) throw error
    deps.log({ level: 'error', kind: 'audit-outcome-lost', orderId, action })
  }
}
