import { describe, expect, it, vi } from 'vitest'
import type { Role } from '../../src/domain/actor.ts'
import { may, PERMISSIONS, type Permission } from '../../src/domain/permissions.ts'
import { createApp } from '../../src/http/app.ts'
import { routesOf } from '../../src/http/route.ts'
import { member } from '../support/story-people.ts'
import { openPlace, placeWith } from '../support/story-restaurant.ts'
import type { Story } from '../support/story.ts'

/** Many requests each, on machines that may be busy. */
vi.setConfig({ testTimeout: 60_000 })

/** Sockets have tests of their own: a plain request cannot open one. */
const routes = routesOf(createApp()).filter(({ path }) => !path.startsWith('/ws/'))
const guarded = routes.filter(
  ({ permission }) => permission !== 'public' && permission !== 'optional',
)
const ROLES: readonly Role[] = [
  'GUEST',
  'CUSTOMER',
  'OWNER',
  'STAFF',
  'SUPPORT',
  'INVENTORY',
  'MARKETING',
  'ADMIN',
  'EXTERNAL',
]

/** The path with an id of this restaurant in every place, naming nothing that exists. */
const pathIn = (path: string, restaurantId: string): string =>
  path
    .replace('{projection}', 'orders')
    .replace(/\{\w+\}/g, `00000000-0000-8000-8000-${restaurantId.slice(-12)}`)

async function send(
  story: Story,
  token: string | null,
  { method, path }: { method: string; path: string },
  restaurantId: string,
): Promise<{ status: number; code: string | undefined }> {
  const response = await story.ask(pathIn(path, restaurantId), {
    method: method.toUpperCase(),
    headers: { ...(token !== null && { authorization: `Bearer ${token}` }) },
  })
  const text = await response.text()
  const body = (text === '' ? {} : JSON.parse(text)) as { error?: { code: string } }
  return { status: response.status, code: body.error?.code }
}

describe('every route', () => {
  it('is there', () => {
    expect(guarded.length).toBeGreaterThan(30)
    const used = new Set(guarded.map(({ permission }) => permission))
    expect([...used].every((permission) => Object.hasOwn(PERMISSIONS, permission))).toBe(true)
  })

  it.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'asks for a token: %s',
    async (_, route) => {
      const { story, place } = await shared
      const { status, code } = await send(story, null, route, place.id)
      expect([status, code]).toEqual([401, 'UNAUTHORIZED'])
      const tampered = await send(story, 'a.b.c', route, place.id)
      expect(tampered.status).toBe(401)
    },
  )
})

/** One world for all: nothing here is allowed to change anything. */
const shared = (async () => {
  const { story, place } = await placeWith()
  const other = await openPlace(story)
  const people = {} as Record<Role, string>
  for (const role of ROLES) people[role] = await tokenOf(story, role)
  return { story, place, other, people }
})()

async function tokenOf(story: Story, role: Role): Promise<string> {
  const person = role === 'GUEST' ? null : await member(story, role)
  return person === null ? browsing(story) : person.token()
}

async function browsing(story: Story): Promise<string> {
  const joined = await story.post('/api/v1/auth/guest', {})
  return (await joined.json<{ access_token: string }>()).access_token
}

/** Ends the caller's own session: allowed to all, and the last thing anyone should do here. */
const harmless = guarded.filter(({ path }) => !path.endsWith('/auth/logout'))

describe.each(ROLES)('%s', (role) => {
  const forbidden = harmless.filter(({ permission }) => !may(role, permission as Permission))
  const allowed = harmless.filter(({ permission }) => may(role, permission as Permission))

  it.runIf(forbidden.length > 0)('is refused whatever the matrix does not grant', async () => {
    const { story, place, people } = await shared
    for (const route of forbidden) {
      const { status, code } = await send(story, people[role], route, place.id)
      expect([route.method, route.path, status, code]).toEqual([
        route.method,
        route.path,
        403,
        'FORBIDDEN',
      ])
    }
  })

  it('changes and sees nothing of a restaurant that is not its own', async () => {
    const { story, place, people } = await shared
    const own = allowed.filter(({ permission }) =>
      /^(table|menu|stock|board|deposit|order:(handle|settle|refund)|restaurant:(read|edit))/.test(
        permission,
      ),
    )
    for (const route of own) {
      const { status } = await send(story, people[role], route, place.id)
      expect([route.method, route.path, [400, 404].includes(status), status]).toEqual([
        route.method,
        route.path,
        true,
        status,
      ])
    }
  })

  it('meets no error of ours anywhere', async () => {
    const { story, place, people } = await shared
    for (const route of allowed) {
      const { status } = await send(story, people[role], route, place.id)
      expect(status, `${route.method} ${route.path}`).toBeLessThan(500)
    }
  })
})

describe('the staff of another restaurant', () => {
  it('finds nothing under any id of this one', async () => {
    const { story, place, other } = await shared
    const byId = harmless.filter(({ path }) => path.includes('{') && !path.includes('{projection}'))
    const token = await other.owner.token()
    for (const route of byId.filter(({ permission }) => may('OWNER', permission as Permission))) {
      const { status, code } = await send(story, token, route, place.id)
      expect([route.method, route.path, status >= 400 && status < 500]).toEqual([
        route.method,
        route.path,
        true,
      ])
      if (status !== 400) expect([route.path, code]).toEqual([route.path, 'NOT_FOUND'])
    }
  })

  it('cannot act as the other by naming it', async () => {
    const { place, other } = await shared
    for (const path of ['/restaurants/me', '/tables', '/restaurants/me/orders'])
      expect((await other.owner.get(path, { 'x-restaurant-id': place.id })).status).toBe(404)
  })
})

describe('staff', () => {
  it('are refused what is for owners alone', async () => {
    const { story, place } = await shared
    const token = await place.staff.token()
    for (const route of harmless.filter(
      ({ permission }) =>
        may('OWNER', permission as Permission) && !may('STAFF', permission as Permission),
    )) {
      const { status } = await send(story, token, route, place.id)
      expect([route.method, route.path, status]).toEqual([route.method, route.path, 403])
    }
  })
})
