import fc from 'fast-check'
import { TrieRouter } from 'hono/router/trie-router'
import { describe, expect, it } from 'vitest'
import { RememberingRouter } from '../../src/http/remembering-router.ts'

const ROUTES = [
  ['ALL', '*'],
  ['GET', '/items/:id'],
  ['POST', '/items/:id'],
  ['GET', '/items/me'],
  ['GET', '/items/:id/lines/:line'],
] as const

function bothRouters() {
  const [remembering, plain] = [new RememberingRouter<string>(), new TrieRouter<string>()]
  for (const router of [remembering, plain])
    for (const [method, path] of ROUTES) router.add(method, path, `${method} ${path}`)
  return { remembering, plain }
}

const method = fc.constantFrom('GET', 'POST', 'PUT')
const part = fc.constantFrom('', 'items', 'me', 'one', 'lines', 'x'.repeat(300))
const path = fc.array(part, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`)

describe('finding a route', () => {
  it('is the same the first time and every time after', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(method, path)), (asked) => {
        const { remembering, plain } = bothRouters()
        for (const [m, p] of [...asked, ...asked])
          expect(remembering.match(m, p)).toEqual(plain.match(m, p))
      }),
    )
  })

  it('knows of a route that was added afterwards', () => {
    const { remembering, plain } = bothRouters()
    remembering.match('GET', '/later')
    for (const router of [remembering, plain]) router.add('GET', '/later', 'later')
    expect(remembering.match('GET', '/later')).toEqual(plain.match('GET', '/later'))
  })

  it('goes on when more paths were asked for than are remembered', () => {
    const { remembering, plain } = bothRouters()
    for (let n = 0; n < 2_500; n += 1) remembering.match('GET', `/items/${n}`)
    for (const id of ['0', '2499'])
      expect(remembering.match('GET', `/items/${id}`)).toEqual(plain.match('GET', `/items/${id}`))
  })
})
