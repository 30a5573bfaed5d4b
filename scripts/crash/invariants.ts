import type { Evidence, Feed, Problem, SeenOrder } from './evidence.ts'

type Check = (evidence: Evidence) => Problem[]

const ENDED_UNMADE = new Set(['REJECTED', 'CANCELLED', 'EXPIRED'])
const OPEN = new Set(['PENDING', 'ACCEPTED', 'READY'])

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}

const nameOf = ({ order }: SeenOrder) => `order ${order.order_number} (${order.order_id})`

/** An answer that a guest received survives: the order is there, once, as it was told. */
export const answersHold: Check = ({ answers, orders }) => {
  const seen = grouped(orders, ({ order }) => order.order_id)
  return answers.flatMap(({ guest, orderId, number, total }) => {
    const found = seen.get(orderId) ?? []
    const told = `${guest} was told of order ${number} (${orderId})`
    if (found.length !== 1) return [`${told}, which is there ${found.length} times`]
    const { order } = found[0]!
    const problems: Problem[] = []
    if (order.order_number !== number) problems.push(`${told}, which is now ${order.order_number}`)
    if (order.total_amount !== total)
      problems.push(`${told} over ${total}, which is now ${order.total_amount}`)
    return problems
  })
}

/** One key is one order, and another key another order. */
export const keysHold: Check = ({ answers }) => {
  const several = (what: string, groups: Map<string, Set<string>>) =>
    [...groups].filter(([, values]) => values.size > 1).map(([key]) => `${what} ${key}`)
  const byKey = new Map<string, Set<string>>()
  const byOrder = new Map<string, Set<string>>()
  for (const { guest, key, orderId } of answers) {
    const scoped = `${guest}/${key}`
    byKey.set(scoped, (byKey.get(scoped) ?? new Set()).add(orderId))
    byOrder.set(orderId, (byOrder.get(orderId) ?? new Set()).add(scoped))
  }
  return [
    ...several('several orders for the key', byKey),
    ...several('several keys share the order', byOrder),
  ]
}

/** A number names one order of its business day. */
export const numbersHold: Check = ({ orders }) =>
  [...grouped(orders, ({ order }) => `${order.business_day} ${order.order_number}`)]
    .filter(([, same]) => same.length > 1)
    .map(([number, same]) => `the number ${number} was given ${same.length} times`)

const portions = (orders: readonly SeenOrder[], menuId: string): number =>
  orders
    .flatMap(({ order }) => order.items)
    .filter((line) => line.menu_id === menuId)
    .reduce((sum, line) => sum + line.quantity - line.unavailable_quantity, 0)

/** What was sold and what is held was there, and both agree with the orders. */
export const stockHolds: Check = ({ stock, orders }) =>
  stock.flatMap(({ menuId, name, initial, level, reserved }) => {
    const sold = initial - level
    const made = orders.filter(({ order }) => !ENDED_UNMADE.has(order.status))
    const pending = made.filter(({ order }) => order.status === 'PENDING')
    const problems: Problem[] = []
    if (level < 0 || reserved < 0 || reserved > level)
      problems.push(`${name}: ${reserved} held of ${level} (${initial} at first)`)
    const held = portions(pending, menuId)
    if (held !== reserved) problems.push(`${name}: ${reserved} held, but orders hold ${held}`)
    const ordered = portions(made, menuId) - held
    if (ordered !== sold) problems.push(`${name}: ${sold} sold, but orders took ${ordered}`)
    return problems
  })

/** Money that the provider moved belongs to a paid order, or went back, or is visibly due. */
export const moneyHolds: Check = ({ payments, orders }) => {
  const owner = new Map(orders.flatMap((seen) => seen.paymentIds.map((id) => [id, seen] as const)))
  const moved = payments.filter(({ approvedAt }) => approvedAt !== null)
  const strays = moved
    .filter(({ orderId, balanceAmount }) => !owner.has(orderId) && balanceAmount > 0)
    .map(({ paymentKey }) => `payment ${paymentKey} took money for no order`)
  const byOrder = grouped(moved, ({ orderId }) => owner.get(orderId)?.order.order_id ?? '')
  return [
    ...strays,
    ...orders.flatMap((seen) => {
      const own = byOrder.get(seen.order.order_id) ?? []
      const kept = own.reduce((sum, { balanceAmount }) => sum + balanceAmount, 0)
      const holding = own.filter(({ balanceAmount }) => balanceAmount > 0).length
      return moneyOfOrder(seen, kept, holding)
    }),
  ]
}

function moneyOfOrder(seen: SeenOrder, kept: number, holding: number): Problem[] {
  const { order } = seen
  const problems: Problem[] = []
  const booked = order.captured_amount - order.refunded_amount
  if (booked !== kept)
    problems.push(`${nameOf(seen)}: the provider keeps ${kept}, the order says ${booked}`)
  if (holding > 1) problems.push(`${nameOf(seen)}: ${holding} payments hold money`)
  if (ENDED_UNMADE.has(order.status) && kept > order.refund_due_amount)
    problems.push(`${nameOf(seen)} is ${order.status}, yet ${kept} was not paid back`)
  if (order.status === 'COMPLETED' && kept !== order.total_amount)
    problems.push(`${nameOf(seen)} was made for ${order.total_amount} and paid with ${kept}`)
  return problems
}

/** Each board misses no event and sees none twice, over all its reconnections. */
export const boardsHold: Check = ({ boards }) => boards.flatMap(gapsOf)

function gapsOf({ name, parts }: Feed): Problem[] {
  const problems: Problem[] = []
  let last: number | null = null
  for (const [index, { after, messages }] of parts.entries()) {
    if (index > 0 && after !== last)
      problems.push(`${name}: resumed after ${after ?? 'nothing'}, not after ${last ?? 'nothing'}`)
    for (const { seq, type } of messages) {
      if (type !== 'SNAPSHOT' && last !== null && seq !== last + 1)
        problems.push(`${name}: ${type} ${seq} came after ${last}`)
      if (type === 'SNAPSHOT' && last !== null && seq < last)
        problems.push(`${name}: a snapshot of ${seq} came after ${last}`)
      last = seq
    }
  }
  return problems
}

const messagesOf = ({ parts }: Feed) => parts.flatMap(({ messages }) => messages)

/** Each guest hears all that the boards heard of the guest's orders, and nothing twice. */
export const phonesHold: Check = ({ phones, boards, answers }) => {
  const told = new Map<number, string>()
  for (const { seq, orderId } of boards.flatMap(messagesOf))
    if (orderId !== null) told.set(seq, orderId)
  return phones.flatMap((phone) => {
    const own = new Set(
      answers.filter(({ guest }) => guest === phone.name).map(({ orderId }) => orderId),
    )
    const owed = [...told].filter(([, orderId]) => own.has(orderId)).map(([seq]) => seq)
    return missedOf(phone, owed)
  })
}

function missedOf(phone: Feed, owed: readonly number[]): Problem[] {
  const problems: Problem[] = []
  const heard = messagesOf(phone)
  const first = heard[0]?.seq ?? Infinity
  const due = new Set(owed.filter((seq) => seq > first))
  let last = -Infinity
  for (const { seq, type } of heard) {
    if (type !== 'SNAPSHOT' && seq <= last)
      problems.push(`${phone.name}: ${type} ${seq} came after ${last}`)
    // A snapshot stands for everything before it.
    if (type === 'SNAPSHOT') for (const old of due) if (old <= seq) due.delete(old)
    due.delete(seq)
    last = Math.max(last, seq)
  }
  return [...problems, ...[...due].map((seq) => `${phone.name}: did not hear of ${seq}`)]
}

const RANK: Readonly<Record<string, number>> = {
  PENDING: 0,
  ACCEPTED: 1,
  READY: 2,
  COMPLETED: 3,
  REJECTED: 3,
  CANCELLED: 3,
  EXPIRED: 3,
}

/** An order's status only moves on, and what has ended stays as it ended. */
export const statusesHold: Check = ({ boards }) =>
  boards.flatMap(({ name, parts }) => {
    const known = new Map<string, string>()
    return parts
      .flatMap(({ messages }) => messages)
      .flatMap(({ orderId, status }) => {
        if (orderId === null || status === null) return []
        const before = known.get(orderId)
        known.set(orderId, status)
        if (before === undefined || before === status) return []
        return (RANK[status] ?? -1) > (RANK[before] ?? 9)
          ? []
          : [`${name}: order ${orderId} went from ${before} to ${status}`]
      })
  })

const COMPARED = [
  'order_number',
  'status',
  'payment_status',
  'total_amount',
  'captured_amount',
  'refunded_amount',
] as const

/** The platform's lists of members' orders say what the restaurant says. */
export const readModelHolds: Check = ({ listed, orders, membersOrderIds }) => {
  const truth = new Map(orders.map(({ order }) => [order.order_id, order]))
  const listedIds = new Set(listed.map(({ order_id }) => order_id))
  const missing = [...membersOrderIds]
    .filter((id) => !listedIds.has(id))
    .map((id) => `its member's list lacks order ${id}`)
  return [
    ...missing,
    ...listed.flatMap((copy) => {
      const order = truth.get(copy.order_id)
      if (order === undefined) return [`the member's list has ${copy.order_id}, which is unknown`]
      return COMPARED.filter((field) => copy[field] !== order[field]).map(
        (field) =>
          `the member's list says ${field} ${copy[field]} of order ${order.order_number}, the restaurant ${order[field]}`,
      )
    }),
  ]
}

/** Nothing hangs: every order has ended one way or the other. */
export const allEnded: Check = ({ orders }) =>
  orders
    .filter(({ order }) => OPEN.has(order.status))
    .map((seen) => `${nameOf(seen)} is still ${seen.order.status}, ${seen.order.payment_status}`)

const CHECKS: Readonly<Record<string, Check>> = {
  'an answered order exists once, as answered': answersHold,
  'one key is one order': keysHold,
  'order numbers are unique within a day': numbersHold,
  'sold and held portions were there': stockHolds,
  'captured money is paid, refunded or due': moneyHolds,
  'boards miss nothing and see nothing twice': boardsHold,
  'guests hear of all their orders, once': phonesHold,
  'an order moves only along its table': statusesHold,
  'the read model equals the restaurant': readModelHolds,
  'every order has ended': allEnded,
}

/** Every invariant with what broke it. */
export function checkAll(evidence: Evidence): { rule: string; problems: Problem[] }[] {
  return Object.entries(CHECKS).map(([rule, check]) => ({ rule, problems: check(evidence) }))
}
