import { describe, expect, it } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { routesOf } from '../../src/http/route.ts'
import { canonicalOf, firstWord, RESPELLED, SLASHED } from '../../src/http/source-paths.ts'
import { errorOf, httpWorld } from '../support/http.ts'

const app = createApp()
const canonical = routesOf(app).filter(({ path }) => path.startsWith('/api/v1/'))
const words = new Set(canonical.map(({ path }) => firstWord(path.slice('/api/v1'.length))))

const ID = '00000000-0000-8000-8000-0123456789ab'
const filled = (path: string): string => path.replace(/\{\w+\}/g, ID)

const pathOf = (method: string, path: string): string | null =>
  canonicalOf({ method, path }, words)?.path ?? null

describe('the table of the sources’ paths', () => {
  it.each(RESPELLED.map((row) => [`${row.method} ${row.path}`, row] as const))(
    '%s leads to a canonical route, with and without the root',
    (_, { method, path, canonical: to }) => {
      const known = canonical.map((route) => `${route.method.toUpperCase()} ${route.path}`)
      expect(known).toContain(`${to.method} /api/v1${to.path}`)
      const wanted = { method: to.method, path: `/api/v1${filled(to.path)}` }
      expect(canonicalOf({ method, path: filled(path) }, words)).toEqual(wanted)
      expect(canonicalOf({ method, path: `/api/v1${filled(path)}` }, words)).toEqual(wanted)
    },
  )

  it.each(SLASHED)('$method $path leads to one, with the slash or without', (row) => {
    const wanted = `/api/v1${row.canonical.path}`
    expect(pathOf(row.method, row.path)).toBe(wanted)
    expect(pathOf(row.method, row.path.slice(0, -1))).toBe(wanted)
    expect(pathOf('GET', row.path)).toBeNull()
  })

  it('leaves canonical paths as they are', () => {
    for (const { method, path } of canonical)
      expect(canonicalOf({ method: method.toUpperCase(), path: filled(path) }, words)).toBeNull()
  })

  it('has no word that pages and the root’s own paths begin with', () => {
    const root = app.routes
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('/api/v1/') && !path.includes('/*'))
    expect(root.length).toBeGreaterThan(15)
    expect(root.filter((path) => words.has(firstWord(path)))).toEqual([])
    expect(root.filter((path) => path !== '*' && pathOf('GET', path) !== null)).toEqual([])
  })

  it.each([
    ['/t/x', null],
    ['/pay/x', null],
    ['/payment/success', null],
    ['/payments/confirm', '/api/v1/payments/confirm'],
    ['/docs', null],
    ['/', null],
    ['', null],
    ['//orders', null],
    ['/orders', '/api/v1/orders'],
    ['/orders/', '/api/v1/orders/'],
    ['/Orders', null],
    ['/ORDERS/x', null],
    ['/orders%2Fx', null],
    ['/ordersx', null],
    ['/ws/orders/x', null],
    ['/ws-tickets', '/api/v1/ws-tickets'],
    ['/menu', '/api/v1/menus'],
    ['/menu/', null],
    ['/menu/x', null],
    ['/menus', '/api/v1/menus'],
    ['/api/v2/orders', null],
    ['/api/orders', null],
    ['/api', null],
    ['/user//points/charge', null],
    ['/api/v1/api/v1/orders', null],
    ['/restaurants/me', '/api/v1/restaurants/me'],
  ])('GET %s is %s', (path, wanted) => {
    expect(pathOf('GET', path)).toBe(wanted)
  })

  it('answers a HEAD as its GET, and nothing by another method', () => {
    expect(pathOf('HEAD', '/menu')).toBe('/api/v1/menus')
    expect(pathOf('POST', '/menu')).toBeNull()
    expect(pathOf('PUT', `/orders/${ID}/cancel`)).toBe(`/api/v1/orders/${ID}/cancel`)
    expect(canonicalOf({ method: 'PUT', path: `/api/v1/orders/${ID}/cancel` }, words)?.method).toBe(
      'POST',
    )
  })

  it('keeps what stands in a parameter’s place as it was sent', () => {
    for (const sent of ['$&', '%2F', '{id}', 'ㄱ'])
      expect(pathOf('PUT', `/cart/items/${sent}`)).toBe(`/api/v1/carts/current/items/${sent}`)
  })
})

describe('every canonical path', () => {
  it.each(canonical.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'answers without the root as with it: %s',
    async (_, { method, path }) => {
      const { ask } = await shared
      const asked = (at: string) => ask(at, { method: method.toUpperCase() })
      const [long, short] = [filled(path), filled(path.slice('/api/v1'.length))]
      const [there, here] = [await asked(long), await asked(short)]
      const code = async (answer: Response) =>
        answer.status < 400 ? null : ((await errorOf(answer)).reason ?? 'none')
      expect(there.status).not.toBe(404)
      expect([here.status, await code(here)]).toEqual([there.status, await code(there)])
    },
  )
})

const shared = httpWorld()

describe('a path that nobody knows', () => {
  it.each([
    ['GET', '/nothing', undefined],
    ['GET', '/api/nothing/', undefined],
    ['GET', '/api/foods/x/y/', undefined],
    ['GET', '/%2e%2e/api/v1/nothing', undefined],
    ['GET', '//orders', undefined],
    ['GET', '/ORDERS', undefined],
    ['PATCH', '/api/foods/', 'METHOD_NOT_ALLOWED'],
    ['DELETE', '/orders', 'METHOD_NOT_ALLOWED'],
    ['GET', `/orders/${ID}/cancel`, 'METHOD_NOT_ALLOWED'],
  ])('is 404 in the envelope: %s %s', async (method, path, reason) => {
    const { ask } = await shared
    const answer = await ask(`http://ordersync.test${path}`, { method })
    expect(answer.status).toBe(404)
    expect(await errorOf(answer)).toMatchObject({ code: 'NOT_FOUND', ...(reason && { reason }) })
  })
})

describe('pages of other origins', () => {
  const APP = 'https://app.example.com'

  it.each([
    ['POST', '/api/orders/'],
    ['DELETE', `/api/tables/${ID}/orders/reset/`],
    ['PUT', `/orders/${ID}/cancel`],
    ['POST', '/cart/items'],
  ])('may ask first, and read what is refused: %s %s', async (method, path) => {
    const { ask } = await httpWorld(undefined, { corsOrigins: [APP] })
    const asked = { origin: APP, 'access-control-request-method': method }
    const preflight = await ask(path, { method: 'OPTIONS', headers: asked })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-methods')).toContain(method)
    const refused = await ask(path, { method, headers: { origin: APP } })
    expect(refused.status).toBeGreaterThanOrEqual(400)
    expect(refused.headers.get('access-control-allow-origin')).toBe(APP)
  })
})

describe('a route that is for one restaurant', () => {
  it('means the one that the deployment names, where no setting does', async () => {
    const named = await httpWorld(undefined, { defaultRestaurant: ID })
    const answer = await named.ask('/api/tables/')
    expect([answer.status, (await errorOf(answer)).reason]).toEqual([401, 'MISSING'])
    const { ask } = await shared
    const unset = await ask('/api/tables/')
    expect([unset.status, (await errorOf(unset)).reason]).toEqual([404, 'DEFAULT_RESTAURANT_UNSET'])
  })
})
