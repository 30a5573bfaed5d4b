import { ok, refuse } from '../../domain/result.ts'
import { readCustomerQuery } from '../../domain/support/customer-query.ts'
import { addNote } from '../../usecases/support/add-note.ts'
import { findCustomers } from '../../usecases/support/find-customers.ts'
import { customerToRead, readCustomer } from '../../usecases/support/read-customer.ts'
import { unmaskCustomer } from '../../usecases/support/unmask.ts'
import type { App } from '../context.ts'
import { ownCouponJson } from '../coupon-answers.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { ownCoupon } from '../schemas/coupons.ts'
import { listOf, listSchema, pageQuery } from '../schemas/lists.ts'
import {
  customerInClear,
  customerOrders,
  customerProfile,
  customersQuery,
  customerUnmask,
  foundCustomers,
  noteRequest,
  noteSchema,
} from '../schemas/support.ts'
import { entrySchema } from '../schemas/wallet.ts'
import { customerJson, noteJson, supportOrderJson } from '../support-answers.ts'
import { agentOf } from '../support-calls.ts'
import { entryJson } from './wallet.ts'

const READING = {
  tag: 'Support',
  permission: 'support:read',
  idempotency: 'none',
  method: 'get',
} as const
const NOTED = 'That it is read is noted first; where it cannot be, it is not read (503).'

/** Of everything else beside a customer's orders, so many of the newest. */
const NEWEST = 5

/** Customers: finding them, what they did, and what support writes of them. */
export function supportCustomerRoutes(app: App): void {
  searchRoute(app)
  profileRoute(app)
  ordersRoute(app)
  couponsRoute(app)
  pointsRoute(app)
  noteRoutes(app)
  unmaskRoute(app)
}

function searchRoute(app: App): void {
  defineRoute(
    app,
    {
      ...READING,
      path: '/support/customers',
      operationId: 'findCustomers',
      summary: 'Find a customer by what is in hand; masked',
      description:
        'An e-mail or its beginning (known by its `@`, or `by=email`), the beginning of a name, or an ' +
        'id: of the account, an order, a payment. With `restaurant_id` also the number of an order. ' +
        'Three characters at least, two of a Korean name. Each search is noted, with how many it found ' +
        'and not what was looked for.',
      request: { query: customersQuery },
      success: { status: 200, description: 'A page', schema: foundCustomers },
      refusals: [],
    },
    async (c) => {
      const { q, by = null, limit, cursor, restaurant_id: at, day = null } = c.req.valid('query')
      const query = readCustomerQuery(q, { by, restaurant: at !== undefined })
      if (query === null)
        return refuse({ kind: 'INVALID', errors: [{ field: 'q', reason: 'too_small' }] })
      if (query.by === 'number' && at === undefined)
        return refuse({ kind: 'INVALID', errors: [{ field: 'restaurant_id', reason: 'required' }] })
      const search = { query, restaurantId: at ?? null, day }
      const page = { limit, beforeId: cursor ?? null }
      const { deps, now } = c.var
      const found = await findCustomers(deps, agentOf(c.var), search, page)
      const list = listOf(found.customers, limit, now, customerJson)
      return ok({ ...list, order_id: found.orderId })
    },
  )
}

function profileRoute(app: App): void {
  defineRoute(
    app,
    {
      ...READING,
      path: '/support/customers/{id}',
      operationId: 'getCustomer',
      summary: 'Who a customer is; masked',
      description: NOTED,
      request: { params: idParams },
      success: { status: 200, description: 'The customer', schema: customerProfile },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      return answer(await readCustomer(c.var.deps, agentOf(c.var), id), (customer) => ({
        ...customerJson(customer),
        open_sessions: customer.openSessions,
        points_balance: customer.balance,
      }))
    },
  )
}

function ordersRoute(app: App): void {
  defineRoute(
    app,
    {
      ...READING,
      path: '/support/customers/{id}/orders',
      operationId: 'listCustomerOrders',
      summary: "A customer's orders with their money, newest first; masked",
      description: `With the newest points, coupons and notes, which have lists of their own. ${NOTED}`,
      request: { params: idParams, query: pageQuery },
      success: { status: 200, description: 'A page', schema: customerOrders },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const { limit, cursor } = c.req.valid('query')
      const { deps, now, locale } = c.var
      const customer = await customerToRead(deps, agentOf(c.var), id)
      if (!customer.ok) return customer
      const newest = { limit: NEWEST, beforeId: null }
      const [orders, balance, entries, coupons, notes] = await Promise.all([
        deps.supportCustomers.orders(id, { limit, beforeId: cursor ?? null }),
        deps.wallets.balanceOf(id),
        deps.wallets.page(id, newest),
        deps.couponIndex.ofHolder(id, { status: null }, newest),
        deps.supportNotes.page(id, newest),
      ])
      const rows = orders.orders.map((order) => ({ ...order, id: order.order.id }))
      return ok({
        ...listOf(rows, limit, orders.asOf ?? now, (order) => supportOrderJson(order, locale)),
        points: { balance, items: entries.map(entryJson) },
        coupons: coupons.entries.map(ownCouponJson),
        notes: notes.map(noteJson),
      })
    },
  )
}

function couponsRoute(app: App): void {
  defineRoute(
    app,
    {
      ...READING,
      path: '/support/customers/{id}/coupons',
      operationId: 'listCustomerCoupons',
      summary: 'What a customer has claimed, newest first',
      description: NOTED,
      request: { params: idParams, query: pageQuery },
      success: { status: 200, description: 'A page', schema: listSchema(ownCoupon) },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const { limit, cursor } = c.req.valid('query')
      const { deps } = c.var
      const customer = await customerToRead(deps, agentOf(c.var), id)
      if (!customer.ok) return customer
      const page = { limit, beforeId: cursor ?? null }
      const { entries, asOf } = await deps.couponIndex.ofHolder(id, { status: null }, page)
      const held = entries.map((entry) => ({ ...entry, id: entry.claim.id }))
      return ok(listOf(held, limit, asOf, ownCouponJson))
    },
  )
}

function pointsRoute(app: App): void {
  defineRoute(
    app,
    {
      ...READING,
      path: '/support/customers/{id}/points',
      operationId: 'listCustomerPoints',
      summary: "Every movement of a customer's points, newest first",
      description: NOTED,
      request: { params: idParams, query: pageQuery },
      success: { status: 200, description: 'A page', schema: listSchema(entrySchema) },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const { limit, cursor } = c.req.valid('query')
      const { deps, now } = c.var
      const customer = await customerToRead(deps, agentOf(c.var), id)
      if (!customer.ok) return customer
      const entries = await deps.wallets.page(id, { limit, beforeId: cursor ?? null })
      return ok(listOf(entries, limit, now, entryJson))
    },
  )
}

function noteRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...READING,
      path: '/support/customers/{id}/notes',
      operationId: 'listCustomerNotes',
      summary: 'What support wrote of a customer, newest first',
      description: NOTED,
      request: { params: idParams, query: pageQuery },
      success: { status: 200, description: 'A page', schema: listSchema(noteSchema) },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const { limit, cursor } = c.req.valid('query')
      const { deps, now } = c.var
      const customer = await customerToRead(deps, agentOf(c.var), id)
      if (!customer.ok) return customer
      const notes = await deps.supportNotes.page(id, { limit, beforeId: cursor ?? null })
      return ok(listOf(notes, limit, now, noteJson))
    },
  )
  defineRoute(
    app,
    {
      tag: 'Support',
      permission: 'support:write',
      idempotency: 'taken',
      method: 'post',
      path: '/support/customers/{id}/notes',
      operationId: 'addCustomerNote',
      summary: 'Write down something about a customer',
      description: 'Goes with the person when they are erased.',
      request: { params: idParams, body: noteRequest },
      success: { status: 201, description: 'Written', schema: noteSchema },
      refusals: ['NOT_FOUND', 'CUSTOMER_ERASED'],
    },
    async (c) => {
      const { id: customerId } = c.req.valid('param')
      const { text } = c.req.valid('json')
      const { deps, idempotency } = c.var
      const added = await addNote(deps, agentOf(c.var), { customerId, text, idempotency })
      return answer(added, noteJson)
    },
  )
}

function unmaskRoute(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Support',
      permission: 'support:unmask',
      idempotency: 'none',
      method: 'post',
      path: '/support/customers/{id}/unmask',
      operationId: 'unmaskCustomer',
      summary: 'Fields of a customer in clear',
      description:
        'Who, which fields and why is written down first. So many times an hour (`unmasksPerHour`); ' +
        'nothing of a person who was erased.',
      request: { params: idParams, body: customerUnmask },
      success: { status: 200, description: 'In clear', schema: customerInClear },
      refusals: ['NOT_FOUND', 'CUSTOMER_ERASED', 'RATE_LIMITED'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const wish = { id, ...c.req.valid('json') }
      const shown = await unmaskCustomer(c.var.deps, agentOf(c.var), wish)
      return answer(shown, (fields) => ({ id, ...fields }))
    },
  )
}
