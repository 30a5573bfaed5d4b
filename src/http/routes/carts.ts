import type { CartView } from '../../domain/cart/cart-view.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { refuse, type Result } from '../../domain/result.ts'
import type { CartChange, CartOutcome } from '../../usecases/cart/change-cart.ts'
import { clearCart, editLine } from '../../usecases/cart/edit-line.ts'
import { mergeCarts } from '../../usecases/cart/merge-carts.ts'
import { putLine } from '../../usecases/cart/put-line.ts'
import { readCart } from '../../usecases/cart/read-cart.ts'
import { changeOf, mergeOf, readerOf } from '../cart-calls.ts'
import { cartJson } from '../cart-json.ts'
import type { App } from '../context.ts'
import { requestedLines } from '../order-lines.ts'
import { answer, defineRoute } from '../route.ts'
import {
  addedLine,
  cartQuery,
  cartSchema,
  lineParams,
  lineQuantity,
  mergedCart,
  merging,
  setLineBody,
} from '../schemas/carts.ts'

/** Members, guests, and whoever knows a session's id. */
const CART = {
  tag: 'Cart',
  permission: 'optional',
  idempotency: 'taken',
  version: 'matched',
} as const
const WHO =
  "A member's cart is the account's; a guest's is the session's. Without a token `X-Session-Id`, a " +
  'random UUID that the client keeps to itself, names the session.'
const SUCCESS = { status: 200, description: 'The cart as it is now', schema: cartSchema } as const
/** Of every answer: the restaurant is asked what the lines come to. */
const ALWAYS = ['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID', 'NOT_FOUND', 'VISIT_ENDED'] as const
const CHANGING = [...ALWAYS, 'VERSION'] as const

/** What somebody is about to order. Ordering it is `POST /orders` without items. */
export function cartRoutes(app: App): void {
  readRoute(app)
  addRoute(app)
  setRoute(app)
  editRoute(app)
  removeRoute(app)
  clearRoute(app)
  mergeRoute(app)
}

interface Answering {
  header(name: string, value: string): void
}

/** The cart, and its version as the tag for `If-Match`. */
const cartAnswer = (c: Answering, outcome: CartOutcome | Result<CartView, Refusal>) => {
  if (outcome.ok) c.header('ETag', `"${outcome.value.cart.version}"`)
  return answer(outcome, cartJson)
}

/** Runs the change as the caller, where that can be told. */
const changed = async (
  change: Result<CartChange, Refusal>,
  run: (change: CartChange) => Promise<CartOutcome>,
): Promise<CartOutcome> => (change.ok ? run(change.value) : change)

function readRoute(app: App): void {
  defineRoute(
    app,
    {
      ...CART,
      method: 'get',
      path: '/carts/current',
      operationId: 'getCart',
      summary: 'My cart, and what an order of it would come to now',
      description:
        `${WHO} Every line says if it cannot be ordered as it is, or costs something else than when ` +
        'it was put in. Nothing is held: who orders first has the last portion.',
      idempotency: 'none',
      version: 'answered',
      request: { query: cartQuery },
      success: SUCCESS,
      refusals: ALWAYS,
    },
    async (c) => {
      const { coupon_code: couponCodes = [], at_table: atTable } = c.req.valid('query')
      const at = atTable === undefined ? null : atTable === 'true'
      const reader = readerOf(c, { couponCodes, atTable: at })
      if (!reader.ok) return reader
      return cartAnswer(c, await readCart(c.var.deps, reader.value))
    },
  )
}

function addRoute(app: App): void {
  putLineRoute(app, 'add', addedLine, {
    method: 'post',
    operationId: 'addToCart',
    summary: 'So many more of an item with these options',
    description: `${WHO} With an Idempotency-Key a repeat after a lost answer adds nothing.`,
  })
}

function setRoute(app: App): void {
  putLineRoute(app, 'set', setLineBody, {
    method: 'put',
    operationId: 'setCartLine',
    summary: 'So many of an item with these options, whatever there were before',
    description: WHO,
  })
}

function putLineRoute(
  app: App,
  how: 'add' | 'set',
  body: typeof addedLine | typeof setLineBody,
  said: { method: 'post' | 'put'; operationId: string; summary: string; description: string },
): void {
  defineRoute(
    app,
    {
      ...CART,
      ...said,
      path: '/carts/current/items',
      request: { body },
      success: SUCCESS,
      refusals: [...CHANGING, 'CART_RESTAURANT_MISMATCH'],
    },
    async (c) => {
      const { replace, version, ...wanted } = c.req.valid('json')
      const { deps } = c.var
      const outcome = await changed(changeOf(c, version), (change) =>
        putLine(deps, change, { line: lineOf(wanted), how, replace }),
      )
      return cartAnswer(c, outcome)
    },
  )
}

const lineOf = (wanted: Parameters<typeof requestedLines>[0][number]) => {
  const [line] = requestedLines([wanted])
  if (line === undefined) throw new Error('one line in, one line out')
  return line
}

function editRoute(app: App): void {
  defineRoute(
    app,
    {
      ...CART,
      method: 'put',
      path: '/carts/current/items/{item_id}',
      operationId: 'editCartLine',
      summary: 'So many of a line that is in the cart; 0 takes it out',
      description: WHO,
      request: { params: lineParams, body: lineQuantity },
      success: SUCCESS,
      refusals: [...CHANGING, 'CART_LINE_AMBIGUOUS'],
    },
    async (c) => {
      const { item_id: lineId } = c.req.valid('param')
      const { quantity, version } = c.req.valid('json')
      const { deps } = c.var
      const outcome = await changed(changeOf(c, version), (change) =>
        editLine(deps, change, { lineId, quantity }),
      )
      return cartAnswer(c, outcome)
    },
  )
}

function removeRoute(app: App): void {
  defineRoute(
    app,
    {
      ...CART,
      method: 'delete',
      path: '/carts/current/items/{item_id}',
      operationId: 'removeFromCart',
      summary: 'Take a line out',
      description: `${WHO} One that is not in it any more is out: the answer is the cart as it is.`,
      request: { params: lineParams },
      success: SUCCESS,
      refusals: [...CHANGING, 'CART_LINE_AMBIGUOUS'],
    },
    async (c) => {
      const { item_id: lineId } = c.req.valid('param')
      const { deps } = c.var
      const outcome = await changed(changeOf(c, null), (change) =>
        editLine(deps, change, { lineId, quantity: 0 }),
      )
      return cartAnswer(c, outcome)
    },
  )
}

function clearRoute(app: App): void {
  defineRoute(
    app,
    {
      ...CART,
      method: 'delete',
      path: '/carts/current',
      operationId: 'clearCart',
      summary: 'Take everything out',
      description: WHO,
      success: SUCCESS,
      refusals: CHANGING,
    },
    async (c) => {
      const { deps } = c.var
      const outcome = await changed(changeOf(c, null), (change) => clearCart(deps, change))
      return cartAnswer(c, outcome)
    },
  )
}

function mergeRoute(app: App): void {
  defineRoute(
    app,
    {
      ...CART,
      method: 'post',
      path: '/carts/merge',
      operationId: 'mergeCarts',
      summary: "Put a session's cart on top of one's own, after logging in or scanning",
      description:
        "The same line is summed; what goes beyond a limit is left out and said in `adjusted`. The session's " +
        'cart is empty afterwards, so that a repeat changes nothing more.',
      permission: 'cart:merge',
      request: { body: merging },
      success: { status: 200, description: "One's own cart as it is now", schema: mergedCart },
      refusals: [...CHANGING, 'CART_RESTAURANT_MISMATCH'],
    },
    async (c) => {
      const { session_id: inBody, keep = null, version } = c.req.valid('json')
      const { deps, sessionHeader } = c.var
      const sessionId = inBody ?? sessionHeader
      if (sessionId === null)
        return refuse({ kind: 'INVALID', errors: [{ field: 'session_id', reason: 'required' }] })
      const outcome = await changed(mergeOf(c, version), (change) =>
        mergeCarts(deps, change, { sessionId, keep }),
      )
      return cartAnswer(c, outcome)
    },
  )
}
