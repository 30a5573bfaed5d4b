import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.ts'
import { apiDocument } from '../../../src/http/openapi-document.ts'
import { bodyOf } from './call.ts'
import { CALLS } from './calls.ts'
import { THINGS } from './things.ts'
import { kindsOf } from './walk.ts'
import { openWorld } from './world.ts'

/** Whoever could say these of anything could be somebody else, act elsewhere, or pay less. */
const TELLING =
  /^(is_)?(admin|owner|staff)$|^(roles?|permissions?|memberships?|locked|paid|balance|points|ids?)$|^(user|account|owner|customer|partner|restaurant|session|visit)_id$|price|(^|_)(amount|total|status|state)$/

const PRICES = ['price', 'options.id', 'options.choices.id', 'options.choices.price_delta']
const FEES = ['packaging_fee_amount']
/** Compared with what is due, or refused. */
const SUM = ['amount']

/** What of that bodies may say. Whatever else does is new, and belongs here once it has a reason. */
const MAY_SAY: Record<string, readonly string[]> = {
  // CUSTOMER or OWNER; an owner's OWNER or STAFF; an administrator's any but their own.
  register: ['role'],
  registerOnPage: ['role'],
  setStaffRole: ['role'],
  changeAccount: ['role', 'locked'],
  // Who writes a menu sets its prices.
  createItem: PRICES,
  editItem: PRICES,
  putItem: PRICES,
  putItemOptions: PRICES.slice(1),
  createProduct: [...PRICES, 'restaurant_id'],
  putProduct: PRICES,
  orderItems: ['ids'],
  orderCategories: ['ids'],
  importMenu: [
    'categories.id',
    ...PRICES.map((way) => `categories.items.${way}`),
    'categories.items.id',
  ],
  createRestaurant: FEES,
  editOwnRestaurant: FEES,
  createCoupon: ['restaurant_id', 'min_order_amount'],
  editCoupon: ['min_order_amount'],
  // Which restaurant is meant; who may act there is asked of the caller.
  quoteOrder: ['restaurant_id'],
  validateCoupons: ['restaurant_id'],
  placeOrder: ['restaurant_id', 'points_amount', 'expected_total'],
  placeOrderAtTable: ['points_amount', 'expected_total'],
  subscribePartner: ['restaurant_id'],
  redriveDeadLetters: ['filter.restaurant_id'],
  retryDeliveries: ['filter.state', 'filter.partner_id', 'filter.restaurant_id'],
  retryGivenUpEvents: ['filter.partner_id', 'filter.restaurant_id'],
  // A session's id is the key to its cart, and to no account's.
  mergeCarts: ['session_id'],
  initiatePayment: SUM,
  confirmPayment: SUM,
  createStripeIntent: SUM,
  settleOrder: SUM,
  receiveDeposit: SUM,
  refundOrder: SUM,
  refundOrderForCustomer: SUM,
  // `status` stands for the action that leads there.
  changeAnyOrder: ['amount', 'status'],
  chargePoints: SUM,
  refundPoints: SUM,
}

type Schema = Readonly<Record<string, unknown>>
const app = createApp()
const document = apiDocument(app) as unknown as {
  paths: Record<string, Record<string, { operationId: string; requestBody?: { content: Schema } }>>
  components: { schemas: Record<string, Schema> }
}

interface Written {
  $ref?: string
  properties?: Schema
  items?: unknown
  allOf?: readonly unknown[]
  anyOf?: readonly unknown[]
  oneOf?: readonly unknown[]
}

/** Every property that a schema names, with its way there. */
function propertiesOf(schema: unknown, way: readonly string[] = []): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { $ref, properties = {}, items, allOf, anyOf, oneOf } = schema as Written
  if ($ref !== undefined)
    return propertiesOf(document.components.schemas[$ref.split('/').at(-1) ?? ''], way)
  return [
    ...Object.entries(properties).flatMap(([name, inner]) => [
      [...way, name].join('.'),
      ...propertiesOf(inner, [...way, name]),
    ]),
    ...propertiesOf(items, way),
    ...[allOf, anyOf, oneOf].flatMap((some = []) => some.flatMap((one) => propertiesOf(one, way))),
  ]
}

const sorted = (said: readonly (readonly [string, readonly string[]])[]) =>
  Object.fromEntries(said.map(([operation, fields]) => [operation, [...fields].sort()]))

const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))

describe('what a body may say of whom and how much', () => {
  it('is listed, field by field', () => {
    const said = operations.flatMap(({ operationId, requestBody }) => {
      const schema = (requestBody?.content['application/json'] as Schema | undefined)?.schema
      const fields = propertiesOf(schema).filter((way) => TELLING.test(way.split('.').at(-1) ?? ''))
      return fields.length === 0 ? [] : [[operationId, [...new Set(fields)]] as const]
    })
    expect(sorted(said)).toEqual(sorted(Object.entries(MAY_SAY)))
  })
})

const PLANTED = {
  ...{ role: 'ADMIN', is_admin: true, memberships: [], permissions: ['*'], locked: false },
  ...{ user_id: 'x', account_id: 'x', owner_id: 'x', session_id: 'x', restaurant_id: 'x', id: 'x' },
  ...{ price: 1, unit_price: 1, amount: 1, total_amount: 1, discount_amount: 1, points: 1 },
  ...{ status: 'PAID', payment_status: 'COMPLETED', created_by: 'x', constructor: 'x' },
}

/** The same, with all that planted in every object of it, but for what it may say somewhere. */
function planted(body: unknown, maySay: readonly string[] = []): unknown {
  if (Array.isArray(body)) return body.map((one) => planted(one, maySay))
  if (typeof body !== 'object' || body === null) return body
  const foreign = Object.entries(PLANTED).filter(([name]) => !maySay.includes(name))
  const inner = Object.entries(body).map(([name, value]) => [name, planted(value, maySay)])
  return Object.fromEntries([...foreign, ...inner]) as object
}

/** Names in it that the body did not have. */
function grown(parsed: unknown, body: unknown, way: readonly string[] = []): string[] {
  if (typeof parsed !== 'object' || parsed === null) return []
  const had = (body ?? {}) as Record<string, unknown>
  return Object.entries(parsed).flatMap(([name, value]) => {
    const here = Array.isArray(parsed) ? way : [...way, name]
    const isNew =
      !Array.isArray(parsed) && Object.hasOwn(PLANTED, name) && !Object.hasOwn(had, name)
    return [...(isNew ? [here.join('.')] : []), ...grown(value, had[name], here)]
  })
}

describe('what else a body brings along', () => {
  const schemas = new Map(
    app.openAPIRegistry.definitions.flatMap((definition) => {
      if (definition.type !== 'route') return []
      const { operationId = '', request } = definition.route
      const json = request?.body?.content['application/json'] as { schema?: unknown } | undefined
      const schema = json?.schema
      return schema instanceof z.ZodType ? [[operationId, schema] as const] : []
    }),
  )

  /** What of it a handler would see. */
  function throughOf(operation: string, schema: z.ZodType, body: unknown): string[] {
    const maySay = (MAY_SAY[operation] ?? []).map((way) => way.split('.').at(-1) ?? '')
    const parsed = schema.safeParse(planted(body, maySay))
    return parsed.success ? grown(parsed.data, body) : []
  }

  it('is refused or not read', { timeout: 60_000 }, async () => {
    const world = await openWorld()
    const through: string[] = []
    for (const [operation, call] of Object.values(CALLS).flatMap((calls) =>
      Object.entries(calls),
    )) {
      const schema = schemas.get(operation)
      const [kind = null] = kindsOf(call)
      if (schema === undefined || call.body === undefined) continue
      const thing = kind === null ? { ids: [] } : await THINGS[kind](world)
      const fields = throughOf(operation, schema, bodyOf(call, thing, world.here))
      through.push(...fields.map((way) => `${operation}: ${way}`))
    }
    expect(through).toEqual([])
  })

  it('would be noticed', () => {
    const loose = z.looseObject({ name: z.string(), deep: z.looseObject({}) })
    const through = throughOf('none', loose, { name: '치킨', deep: {} })
    expect(through).toContain('role')
    expect(through).toContain('deep.is_admin')
  })

  it.each(['placeOrder', 'refundOrder', 'chargePoints', 'createCoupon', 'changeAccount'])(
    'is refused where money or roles are moved: %s',
    (operation) => {
      const schema = schemas.get(operation)
      const unknown = (schema?.safeParse(PLANTED).error?.issues ?? []).map(({ code }) => code)
      expect(unknown).toContain('unrecognized_keys')
    },
  )
})
