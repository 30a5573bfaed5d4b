import { z } from '@hono/zod-openapi'
import { CURRENCIES } from '../../domain/money.ts'
import { DIFFERENCE_KINDS } from '../../domain/reconciliation/difference.ts'
import type { ReconciliationRun, Totals } from '../../domain/reconciliation/run.ts'
import type { KnownDifference } from '../../usecases/reconciliation/types.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { listSchema } from './lists.ts'

const totals = z
  .array(z.object({ currency: z.enum(CURRENCIES), amount: z.int() }))
  .openapi({ description: 'In minor units, one entry per currency' })

export const reconciliationRun = z
  .object({
    id: idSchema,
    kind: z.enum(['FULL', 'CHANGES']).openapi({
      description: 'Everything there is, or what moved since the run before',
    }),
    state: z.enum(['RUNNING', 'DONE']),
    started_at: timeSchema,
    finished_at: timeSchema.nullable(),
    as_of: timeSchema,
    orders_checked: z.int(),
    orders_skipped: z.int().openapi({
      description:
        'Looked wrong in the copy, and their restaurant said otherwise or could not be asked',
    }),
    wallets_checked: z.int(),
    ledger_entries_checked: z.int(),
    captured_total: totals,
    refunded_total: totals,
    differences: z.int().openapi({ description: 'Found by this run, new or not' }),
  })
  .openapi('ReconciliationRun', {
    example: {
      id: '0199d2a1-6f00-8a3c-9e10-ffffffffffff',
      kind: 'FULL',
      state: 'DONE',
      started_at: '2026-11-20T18:17:04.000Z',
      finished_at: '2026-11-20T18:17:31.000Z',
      as_of: '2026-11-20T18:17:04.000Z',
      orders_checked: 1200,
      orders_skipped: 0,
      wallets_checked: 310,
      ledger_entries_checked: 95,
      captured_total: [{ currency: 'KRW', amount: 31_240_000 }],
      refunded_total: [{ currency: 'KRW', amount: 412_000 }],
      differences: 1,
    },
  })

const reconciliationDifference = z
  .object({
    id: idSchema,
    kind: z.enum(DIFFERENCE_KINDS),
    subject: z
      .string()
      .openapi({ description: 'The order, payment, refund or account that it is about' }),
    owner: z.string().openapi({ description: 'The order or account whose check finds it' }),
    expected: z.int(),
    actual: z.int(),
    detail: z.string().nullable(),
    first_seen_at: timeSchema,
    last_seen_at: timeSchema,
  })
  .openapi('ReconciliationDifference')

export const reconciliationList = listSchema(reconciliationRun).extend({
  open_differences: z.array(reconciliationDifference).openapi({
    description: 'Those nobody has put right yet, longest first; a hundred at most',
  }),
  open_count: z.int().openapi({ description: 'How many there are' }),
})

const totalsJson = (sums: Totals) =>
  CURRENCIES.flatMap((currency) => {
    const amount = sums[currency]
    return amount === undefined ? [] : [{ currency, amount }]
  })

export const reconciliationRunJson = (run: ReconciliationRun) => ({
  id: run.id,
  kind: run.kind,
  state: run.finishedAt === null ? ('RUNNING' as const) : ('DONE' as const),
  started_at: isoTime(run.startedAt),
  finished_at: isoTime(run.finishedAt),
  as_of: isoTime(run.asOf),
  orders_checked: run.ordersChecked,
  orders_skipped: run.ordersSkipped,
  wallets_checked: run.walletsChecked,
  ledger_entries_checked: run.entriesChecked,
  captured_total: totalsJson(run.captured),
  refunded_total: totalsJson(run.refunded),
  differences: run.differences,
})

export const differenceJson = (difference: KnownDifference) => ({
  id: difference.id,
  kind: difference.kind,
  subject: difference.subject,
  owner: difference.owner,
  expected: difference.expected,
  actual: difference.actual,
  detail: difference.detail,
  first_seen_at: isoTime(difference.firstSeenAt),
  last_seen_at: isoTime(difference.lastSeenAt),
})
