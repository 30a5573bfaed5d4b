import { describe, expect, it } from 'vitest'
import { person, stranger } from '../support/story-people.ts'
import { expectStatus, openPlace } from '../support/story-restaurant.ts'
import { openStory } from '../support/story.ts'
import { GOOD_PASSWORD, newEmail } from '../support/identity.ts'

const NEW = 'river-mango-42'
const bare = { key: null }

interface SignedInBody {
  access_token: string
  refresh_token: string
}
interface Sessions {
  items: { id: string; device: string; current: boolean }[]
}

async function someone() {
  const story = openStory()
  const email = newEmail()
  const anyone = stranger(story)
  const registration = { email, password: GOOD_PASSWORD, name: '김민수' }
  const first = expectStatus(
    await anyone.post<SignedInBody>('/auth/register', registration, bare),
    201,
  )
  const logIn = (password: string, device?: string) =>
    anyone.post<SignedInBody>('/auth/login', { email, password, device }, bare)
  const me = person(story, () => Promise.resolve(first.access_token))
  return { story, email, anyone, logIn, me }
}

describe('somebody who forgot the password', () => {
  it('is written to, sets a new one by the link, and is logged out everywhere', async () => {
    const { story, email, anyone, logIn, me } = await someone()
    const forgotten = await anyone.post('/auth/password/forgot', { email }, bare)
    const unknown = await anyone.post('/auth/password/forgot', { email: newEmail() }, bare)
    expect([forgotten.status, unknown.status]).toEqual([202, 202])
    expect(unknown.body).toEqual(forgotten.body)
    await story.settle()
    expect(story.mails()).toMatchObject([{ to: email, subject: 'Choose a new password' }])

    const link = new URL(/https?:\S+/.exec(story.mails()[0]!.text)![0])
    const page = await story.ask(link.pathname)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toContain('text/html')
    const html = await page.text()
    const script = /<script>([^]*)<\/script>/.exec(html)?.[1] ?? ''
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script))
    const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
    expect(page.headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}'`)
    const token = link.hash.slice(1)
    const reset = () => anyone.post('/auth/password/reset', { token, new_password: NEW }, bare)
    expect((await reset()).status).toBe(204)
    expect((await me.get('/auth/me')).status).toBe(401)
    expect((await logIn(GOOD_PASSWORD)).status).toBe(401)
    expect((await logIn(NEW)).status).toBe(200)
    const second = await reset()
    expect(second.status).toBe(400)
    expect(second.body.error.details).toMatchObject({ field: 'token', reason: 'used_or_expired' })
    for (const { kind, ...line } of story.world.logged)
      expect(JSON.stringify([kind, line])).not.toContain(token)
  })

  it('is written to by the queue’s next try when the gateway fails at first', async () => {
    const { story, email, anyone } = await someone()
    const { fetch } = story.mailGateway
    story.mailGateway.fetch = () => {
      story.mailGateway.fetch = fetch
      return Promise.resolve(new Response(null, { status: 503 }))
    }
    await anyone.post('/auth/password/forgot', { email }, bare)
    await story.settle()
    expect(story.mails()).toHaveLength(1)
  })
})

describe('somebody logged in on several devices', () => {
  it('sees them, logs one out, changes the password here and stays', async () => {
    const { story, logIn, me } = await someone()
    const tablet = expectStatus(await logIn(GOOD_PASSWORD, 'tablet'), 200)
    const phone = expectStatus(await logIn(GOOD_PASSWORD), 200)
    const { items } = expectStatus(await me.get<Sessions>('/auth/sessions'), 200)
    expect(items.filter(({ current }) => current)).toHaveLength(1)
    const [onTablet] = items.filter(({ device }) => device === 'tablet')
    expect((await me.delete(`/auth/sessions/${onTablet!.id}`)).status).toBe(204)
    expect((await me.delete(`/auth/sessions/${onTablet!.id}`)).status).toBe(404)
    const as = ({ access_token }: SignedInBody) =>
      person(story, () => Promise.resolve(access_token))
    expect((await as(tablet).get('/auth/me')).status).toBe(401)

    const change = { current_password: GOOD_PASSWORD, new_password: NEW }
    expect((await me.post('/auth/password/change', change, bare)).status).toBe(204)
    expect((await as(phone).get('/auth/me')).status).toBe(401)
    expect((await me.get('/auth/me')).status).toBe(200)
    expect((await me.delete('/auth/sessions?all=true')).status).toBe(204)
    expect((await me.get('/auth/me')).status).toBe(401)
  })
})

describe('a restaurant’s tablet', () => {
  it('is seen and logged out by the owner', async () => {
    const { story, email, logIn } = await someone()
    const place = await openPlace(story)
    await place.owner.post('/restaurants/me/staff', { email, role: 'STAFF' })
    const tablet = expectStatus(await logIn(GOOD_PASSWORD, 'tablet'), 200)
    const as = person(story, () => Promise.resolve(tablet.access_token))
    expect((await as.get('/restaurants/me/orders')).status).toBe(200)
    const { items } = expectStatus(await place.owner.get<Sessions>('/restaurants/me/tablets'), 200)
    expect(items).toMatchObject([{ user: { name: '김민수' } }])
    expect((await as.get('/restaurants/me/tablets')).status).toBe(403)
    const ended = await place.owner.delete(`/restaurants/me/tablets/${items[0]!.id}`)
    expect(ended.status).toBe(204)
    expect((await as.get('/restaurants/me/orders')).status).toBe(401)
    const { items: staff } = expectStatus(
      await place.owner.get<{ items: { email: string; role: string }[] }>('/restaurants/me/staff'),
      200,
    )
    expect(staff.map(({ role }) => role).toSorted()).toEqual(['OWNER', 'STAFF'])
  })
})
