import { z } from '@hono/zod-openapi'
import { isStaff, type Asker } from '../../domain/actor.ts'
import { CURRENCIES } from '../../domain/money.ts'
import { isOwn } from '../../domain/order/lifecycle.ts'
import { orderJson } from '../../domain/order/order-json.ts'
import type { Queries } from '../../domain/queries.ts'
import { owed, spent } from '../../domain/restaurant/bill.ts'
import type { TableState } from '../../domain/restaurant/table.ts'
import { isoTime, timeSchema } from './common.ts'
import { orderSchema } from './orders.ts'

const uuid = z.string().openapi({ format: 'uuid' })

export const tableCreation = z
  .object({
    name: z
      .string()
      .max(100)
      .nullable()
      .default(null)
      .openapi({ maxLength: 10, example: 'A1', description: 'Left out: the next free T1, T2, …' }),
  })
  .openapi('TableCreation')

export const tableReset = z
  .object({
    force: z
      .enum(['void', 'refund'])
      .nullable()
      .default(null)
      .openapi({ description: 'What becomes of open orders; without it they refuse the reset' }),
  })
  .openapi('TableReset')

export const tableSchema = z
  .object({
    id: uuid,
    name: z.string(),
    visit_id: uuid.nullable().openapi({ description: 'The party that sits there now' }),
    qr_url: z.string().optional().openapi({
      description: 'Staff only: what the code on the table opens',
      example: 'https://ordersync.example/t/1b9d…#kJ3…',
    }),
  })
  .openapi('Table')

export const seated = z.object({ table_id: uuid, visit_id: uuid })
export const resetDone = z.object({
  closed_visit_id: uuid.nullable(),
  ended_order_ids: z.array(uuid),
})

const billedOrder = orderSchema
  .extend({ own: z.boolean().openapi({ description: 'Placed by the caller' }) })
  .openapi('BilledOrder')

export const billSchema = z
  .object({
    table: z.object({ id: uuid, name: z.string() }),
    visit_id: uuid.nullable(),
    opened_at: timeSchema.nullable(),
    currency: z.enum(CURRENCIES),
    items: z
      .array(billedOrder)
      .openapi({ description: "Orders of the visit, oldest first; others' without their notes" }),
    total_spent: z.int().openapi({ description: 'Without what was rejected, cancelled, expired' }),
    total_unpaid: z.int(),
  })
  .openapi('TableBill')

/** The code travels behind `#`, which browsers do not send: it stays out of logs and referrers. */
export const qrUrl = ({ id, code }: TableState, origin: string): string =>
  `${origin}/t/${id}#${code}`

export const tableJson = (table: TableState, asker: Asker, origin: string) => ({
  id: table.id,
  name: table.name,
  visit_id: table.openVisitId,
  ...(isStaff(asker) && { qr_url: qrUrl(table, origin) }),
})

/** The bill of a visit as the asker sees it. */
export const billJson = (bill: Queries['table-orders']['value'], asker: Asker) => ({
  table: { id: bill.table.id, name: bill.table.name },
  visit_id: bill.visit?.id ?? null,
  opened_at: bill.visit === null ? null : isoTime(bill.visit.openedAt),
  currency: bill.currency,
  items: bill.orders.map((order) => ({
    ...orderJson(order, { capturing: bill.capturing.includes(order.id) }, asker),
    own: isOwn(order, asker),
  })),
  total_spent: bill.orders.reduce((sum, order) => sum + spent(order), 0),
  total_unpaid: bill.orders.reduce((sum, order) => sum + owed(order), 0),
})
