import { Hono } from 'hono'
import { fiftyAtATime } from './fifty-at-a-time.ts'
import type { FloorObject } from './floor-object.ts'

export { FloorObject } from './floor-object.ts'

/**
 * What the product stands on: bare routes to an object of the same shape that decides nothing. A Worker
 * of its own, in the same process: in the product's isolate it lives off a heap and of code that the
 * product has warmed (decision 63).
 */
const floor = new Hono<{ Bindings: { FLOORS: DurableObjectNamespace<FloorObject> } }>()

floor.post('/write', async (c) => {
  const body = await c.req.text()
  const answer = await c.env.FLOORS.getByName('floor').write(Number(c.req.query('rows')), body)
  return c.body(answer, 201, { 'content-type': 'application/json' })
})
floor.put('/answer', async (c) => {
  await c.env.FLOORS.getByName('floor').answerWith(await c.req.text())
  return c.body(null, 204)
})
floor.post('/read', async (c) => {
  const body = await c.env.FLOORS.getByName('floor').read(await c.req.text())
  return c.body(body, 200, { 'content-type': 'application/json' })
})
/** Straight to the object, without a call over HTTP for each. */
floor.post('/writes', async (c) => {
  const { count, rows, body } = await c.req.json<{ count: number; rows: number; body: string }>()
  const object = c.env.FLOORS.getByName('floor')
  await fiftyAtATime(count, () => object.write(rows, body))
  return c.body(null, 201)
})

export default floor
