import { CLAIM_EVENTS, CLAIM_TABLE } from '../../src/domain/coupon/claiming.ts'
import { CLAIM_STATUSES } from '../../src/domain/coupon/coupon.ts'
import { LIFECYCLE, ORDER_VERBS, type Transition } from '../../src/domain/order/lifecycle.ts'
import { ORDER_PAYMENT_STATUSES, ORDER_STATUSES } from '../../src/domain/order/order.ts'
import { MONEY_EVENTS, MONEY_TABLE } from '../../src/domain/order/payment-status.ts'
import { PAYMENT_EVENTS, PAYMENT_TABLE } from '../../src/domain/payment/machine.ts'
import { PAYMENT_STATUSES, REFUND_STATUSES } from '../../src/domain/payment/payment.ts'
import { REFUND_EVENTS, REFUND_TABLE } from '../../src/domain/payment/refund-step.ts'

interface Arrow {
  from: string
  to: string
  by: string
}

/** The five tables of an order's life as Markdown with diagrams, drawn from the data that decides. */
export const lifecycleDoc = (): string =>
  [
    '# The life of an order and of its money',
    'Drawn from the tables in `src/domain` by `node scripts/draw-lifecycle.ts`; edit those, not this. A\npair that is in no table changes nothing. An order never goes back; money that came in never becomes\nunpaid.',
    '## Order status',
    diagram('PENDING', ORDER_STATUSES, orderArrows()),
    orderTable(),
    '`own` beside the roles: only on what the asker placed. `may-be-made`: postpaid, or the money is in.\n`unpaid`: it waits for money. `no-capture`: no claim on the money is open; the asker is told to wait.',
    '## Payment status of the order',
    'What the guest is told of the money. An order that costs nothing starts as `PAID`.',
    diagram('UNPAID', ORDER_PAYMENT_STATUSES, arrows(MONEY_EVENTS, MONEY_TABLE)),
    eventTable(ORDER_PAYMENT_STATUSES, MONEY_EVENTS, MONEY_TABLE),
    '## One payment',
    'An order may have several payments: one of them is live at a time, and points beside it. Money at the\ncounter is `CAPTURED` from the start, a deposit `AWAITING`. Nothing leads away from `CAPTURED`.',
    diagram('OPENING', PAYMENT_STATUSES, arrows(PAYMENT_EVENTS, PAYMENT_TABLE)),
    eventTable(PAYMENT_STATUSES, PAYMENT_EVENTS, PAYMENT_TABLE),
    '## One refund',
    'What no machine can pay back (cash, a transfer, a virtual account without where to) is `DUE` from the\nstart. A deposit that fits no order is `UNMATCHED` until staff assign or return it.',
    diagram('REQUESTED', REFUND_STATUSES, arrows(REFUND_EVENTS, REFUND_TABLE)),
    eventTable(REFUND_STATUSES, REFUND_EVENTS, REFUND_TABLE),
    '## One claim of a coupon',
    '`given-back`: the order that had it was cancelled, voided, rejected or ran out. Where the coupon has\nended meanwhile, `expired` follows at once. An order that costs nothing uses its coupons when placed.',
    diagram('CLAIMED', CLAIM_STATUSES, arrows(CLAIM_EVENTS, CLAIM_TABLE)),
    eventTable(CLAIM_STATUSES, CLAIM_EVENTS, CLAIM_TABLE),
  ].join('\n\n') + '\n'

const orderArrows = (): Arrow[] =>
  ORDER_VERBS.flatMap((verb) =>
    LIFECYCLE[verb].from.map((from) => ({ from, to: LIFECYCLE[verb].to, by: verb })),
  )

function arrows(
  events: readonly string[],
  table: Record<string, Partial<Record<string, string>>>,
): Arrow[] {
  return events.flatMap((by) =>
    Object.entries(table[by] ?? {}).flatMap(([from, to]) =>
      to === undefined ? [] : [{ from, to, by }],
    ),
  )
}

function diagram(start: string, states: readonly string[], all: readonly Arrow[]): string {
  const lines = states.flatMap((from) => {
    const leaving = all.filter((arrow) => arrow.from === from)
    if (leaving.length === 0) return [`${from} --> [*]`]
    return [...new Set(leaving.map(({ to }) => to))].map((to) => {
      const by = leaving.filter((arrow) => arrow.to === to).map((arrow) => arrow.by)
      return `${from} --> ${to}: ${by.join(', ')}`
    })
  })
  const body = [`[*] --> ${start}`, ...lines].map((line) => `  ${line}`)
  return ['```mermaid', 'stateDiagram-v2', ...body, '```'].join('\n')
}

function orderTable(): string {
  const rows = ORDER_VERBS.map((verb) => {
    const { from, to, who, ownOnly, guards, effects }: Transition = LIFECYCLE[verb]
    const roles = who.join(', ')
    return [
      verb,
      from.join(', '),
      to,
      ownOnly ? `${roles} (own)` : roles,
      guards.join(', '),
      effects.join(', '),
    ]
  })
  return markdownTable(['verb', 'from', 'to', 'who', 'if', 'then'], rows)
}

function eventTable(
  states: readonly string[],
  events: readonly string[],
  table: Record<string, Partial<Record<string, string>>>,
): string {
  const rows = events.map((event) => [event, ...states.map((state) => table[event]?.[state] ?? '')])
  return markdownTable(['event', ...states], rows)
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}
