import { Hono } from 'hono'
import { z } from 'zod'
import { isLocalRequest } from '../local-only.ts'
import { transferWish, type PayActionSandbox } from './app.ts'
import { payActionFault, type PayActionFaults } from './faults.ts'
import type { PayActionStore } from './store.ts'

const MOST = 1_000
const faultsBody = z.union([payActionFault, z.array(payActionFault)])
const matchedBody = z.strictObject({ order_number: z.string() })

/** `/control/payaction/…`: who transfers what, and what goes wrong with it. Loopback hosts only. */
export function createPayActionControl({
  sandbox,
  store,
  faults,
}: {
  sandbox: PayActionSandbox
  store: PayActionStore
  faults: PayActionFaults
}) {
  const read = (request: Request): Promise<unknown> => request.json().catch(() => null)
  const invalid = (error: z.ZodError) => ({ error: z.prettifyError(error) })
  return new Hono()
    .basePath('/control/payaction')
    .use(async (c, next) => {
      if (isLocalRequest(c.req.raw)) return next()
      return c.json({ error: 'only from this machine' }, 403)
    })
    .get('/state', (c) =>
      c.json({
        orders: store.orders(MOST),
        transfers: store.transfers(MOST),
        faults: faults.list(),
      }),
    )
    .post('/transfer', async (c) => {
      const wish = transferWish.safeParse(await read(c.req.raw))
      if (!wish.success) return c.json(invalid(wish.error), 400)
      const { orderNumber, ...made } = sandbox.transfer(wish.data)
      return c.json({ ...made, order_number: orderNumber }, 201)
    })
    .post('/matched', async (c) => {
      const body = matchedBody.safeParse(await read(c.req.raw))
      if (!body.success) return c.json(invalid(body.error), 400)
      const { order_number: number } = body.data
      return sandbox.tellMatched(number)
        ? c.json({ order_number: number }, 202)
        : c.json({ error: 'no such order' }, 404)
    })
    .post('/faults', async (c) => {
      const body = faultsBody.safeParse(await read(c.req.raw))
      if (!body.success) return c.json(invalid(body.error), 400)
      for (const rule of [body.data].flat()) faults.add(rule)
      return c.json({ faults: faults.list() })
    })
    .delete('/faults', (c) => {
      faults.clear()
      return c.json({ faults: faults.list() })
    })
    .notFound((c) => c.json({ error: 'no such control; see sandbox/README.md' }, 404))
}
