import { env } from 'cloudflare:workers'
import { createStaffRepository } from '../../../src/db/repositories/staff.ts'
import type { AccountRole, MembershipRole, Role } from '../../../src/domain/actor.ts'
import { member, stranger, withActor } from '../../support/story-people.ts'
import { expectStatus, openPlace, type Place } from '../../support/story-restaurant.ts'
import type { Story } from '../../support/story.ts'

const staff = createStaffRepository(env.DB)

/** Somebody who may call: who they are to us, and what they show. */
export interface Somebody {
  name: string
  /** Null: nobody we know. */
  role: Role | null
  /** Where they work, and as what. */
  work: { at: Place; role: MembershipRole } | null
  /** The house whose guest they are. */
  sits: Place | null
  userId: string | null
  sessionId: string | null
  /** Null: they show none. */
  token: string | null
  /** What they show besides, or instead. */
  headers?: Readonly<Record<string, string>>
}

export type Caller = Somebody & { role: Role }

const EVERY_WAY = {
  payment_policy: 'POSTPAID',
  payment_methods: ['CARD', 'STRIPE', 'DEPOSIT', 'COUNTER', 'POINTS'],
  deposit_account: { bank: '신한은행', account_no: '110-123-456789', holder: '맛있는 치킨집' },
  table_access: 'OPEN',
  max_unpaid_per_guest: 100,
  max_unpaid_per_visit: 1_000,
}

export const openHouse = (story: Story): Promise<Place> => openPlace(story, EVERY_WAY)

/** A member of the role, who also works somewhere where that is said. */
export async function account(
  story: Story,
  role: AccountRole,
  work: Somebody['work'] = null,
  name: string = role,
): Promise<Caller> {
  const who = await member(story, role)
  if (work !== null) await hire(story, who, work)
  const { userId, sessionId } = who
  return { name, role, work, sits: null, userId, sessionId, token: await who.token() }
}

async function hire(
  story: Story,
  who: Awaited<ReturnType<typeof member>>,
  work: NonNullable<Somebody['work']>,
): Promise<void> {
  const place = { restaurantId: work.at.id, role: work.role }
  await staff.setRole({ ...place, userId: who.userId }, story.world.now)
  who.memberships.push(place)
}

interface Joined {
  access_token: string
  session_id: string
}

/** A guest: at a table where one is named, else browsing. */
export async function guest(story: Story, name: string, at: Place | null = null): Promise<Caller> {
  const scan = at && {
    table_id: at.tables.a1.id,
    code: decodeURIComponent(new URL(at.tables.a1.qr_url).hash.slice(1)),
  }
  const joined = await stranger(story).post<Joined>('/auth/guest', scan ?? {}, { key: null })
  const { access_token: token, session_id: sessionId } = expectStatus(joined, 201)
  return { name, role: 'GUEST', work: null, sits: at, userId: null, sessionId, token }
}

/** A partner system with a token of its own; no account stands behind it. */
export async function partner(story: Story, name: string, disabled = false): Promise<Caller> {
  const admin = await member(story, 'ADMIN')
  const path = '/admin/integrations/partners'
  const { id } = expectStatus(await admin.post<{ id: string }>(path, { name }), 201)
  if (disabled) expectStatus(await admin.delete(`${path}/${id}`), 200)
  const actor = { role: 'EXTERNAL', sessionId: id, userId: null } as const
  const token = await withActor(story, () => ({ ...actor, memberships: [], visit: null })).token()
  return { name, ...actor, work: null, sits: null, token }
}

/** Everybody in good standing, at two houses; those of the second are strangers in the first. */
export async function everybody(story: Story, here: Place, there: Place) {
  const ownerOf = async (name: string, at: Place): Promise<Caller> => {
    const { owner } = at
    const { userId, sessionId } = owner
    const work = { at, role: 'OWNER' } as const
    return { name, role: 'OWNER', work, sits: null, userId, sessionId, token: await owner.token() }
  }
  return {
    guest: await guest(story, 'a guest at a table', here),
    neighbour: await guest(story, 'a guest at the same table', here),
    guestThere: await guest(story, 'a guest at a table elsewhere', there),
    browsing: await guest(story, 'a browsing guest'),
    customer: await account(story, 'CUSTOMER'),
    otherCustomer: await account(story, 'CUSTOMER', null, 'another CUSTOMER'),
    owner: await ownerOf('the OWNER', here),
    ownerThere: await ownerOf('the OWNER of another', there),
    staff: await account(story, 'STAFF', { at: here, role: 'STAFF' }, 'its STAFF'),
    staffThere: await account(story, 'STAFF', { at: there, role: 'STAFF' }, 'STAFF of another'),
    hired: await account(story, 'CUSTOMER', { at: here, role: 'STAFF' }, 'a CUSTOMER, its STAFF'),
    support: await account(story, 'SUPPORT'),
    inventory: await account(story, 'INVENTORY'),
    marketing: await account(story, 'MARKETING'),
    admin: await account(story, 'ADMIN'),
    secondAdmin: await account(story, 'ADMIN', null, 'another ADMIN'),
    marketingStaff: await account(
      story,
      'MARKETING',
      { at: here, role: 'STAFF' },
      'MARKETING, its STAFF',
    ),
    inventoryStaff: await account(
      story,
      'INVENTORY',
      { at: here, role: 'STAFF' },
      'INVENTORY, its STAFF',
    ),
    partner: await partner(story, 'a partner'),
  }
}

export type Everybody = Awaited<ReturnType<typeof everybody>>

/** Those who are nobody to us: no token, no good one, or one from before they left. */
export async function nobodies(story: Story, here: Place): Promise<Somebody[]> {
  const unknown = { role: null, work: null, sits: null, userId: null, sessionId: null } as const
  const left = async (who: Caller): Promise<Somebody> => {
    const out = await story.ask('/api/v1/auth/logout', {
      method: 'POST',
      headers: { authorization: `Bearer ${who.token ?? ''}` },
    })
    if (out.status !== 204) throw new Error(`${who.name} could not log out: ${out.status}`)
    return { ...who, name: `${who.name} who has logged out` }
  }
  const admin = await account(story, 'ADMIN')
  const good = admin.token ?? ''
  const locked = await account(story, 'ADMIN', { at: here, role: 'OWNER' })
  const locking = await story.ask(`/api/v1/admin/users/${locked.userId ?? ''}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${good}`, 'content-type': 'application/json' },
    body: JSON.stringify({ locked: true, reason: 'of the tests' }),
  })
  if (locking.status !== 200) throw new Error(`not locked: ${locking.status}`)
  const ticket = await story.ask('/api/v1/ws-tickets', {
    method: 'POST',
    headers: { authorization: `Bearer ${good}` },
  })
  return [
    { ...unknown, name: 'nobody', token: null },
    { ...unknown, name: "a signature of nobody's", token: null, headers: signature(story) },
    { ...unknown, name: 'a token that is none', token: 'a.b.c' },
    { ...unknown, name: 'a token that is over', token: await overToken(story) },
    { ...unknown, name: 'a token that was changed', token: changed(good, { role: 'ADMIN' }) },
    { ...unknown, name: 'a token without a signature', token: unsigned(good) },
    {
      ...unknown,
      name: 'a socket ticket',
      token: (await ticket.json<{ ticket: string }>()).ticket,
    },
    await left(await account(story, 'CUSTOMER')),
    await left(await account(story, 'ADMIN')),
    await left(await guest(story, 'a guest', here)),
    await left(await account(story, 'OWNER', { at: here, role: 'OWNER' }, 'an OWNER of it')),
    { ...locked, name: 'a locked account' },
    await partner(story, 'a disabled partner', true),
  ]
}

const signature = ({ world }: Story) => ({
  ...{ 'x-client-id': 'ps_nobody', 'x-timestamp': String(Math.floor(world.now / 1_000)) },
  ...{ 'x-nonce': 'nobodys-nonce', 'x-signature': `v1=${'0'.repeat(64)}` },
})

/** Of an hour ago. */
function overToken(story: Story): Promise<string> {
  const before = { ...story, world: { ...story.world, now: story.world.now - 3_600_000 } }
  const [sessionId, userId] = [crypto.randomUUID(), crypto.randomUUID()]
  const actor = { role: 'ADMIN', sessionId, userId, memberships: [], visit: null } as const
  return withActor(before, () => actor).token()
}

/** Those who worked there when their token was signed, and no longer do. */
export async function dismissed(story: Story, at: Place): Promise<Caller[]> {
  const former = async (role: MembershipRole): Promise<Caller> => {
    const who = await account(story, 'CUSTOMER', { at, role }, `${role} who was dismissed`)
    expectStatus(await at.owner.delete(`/restaurants/me/staff/${who.userId ?? ''}`), 204)
    return who
  }
  return [await former('STAFF'), await former('OWNER')]
}

const read = (part = ''): object =>
  JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/'))) as object
const written = (part: object): string =>
  btoa(JSON.stringify(part)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** Other words over the signature that it had. */
function changed(token: string, claims: object): string {
  const [head = '', body, signature = ''] = token.split('.')
  return [head, written({ ...read(body), ...claims, jti: crypto.randomUUID() }), signature].join(
    '.',
  )
}

function unsigned(token: string): string {
  const [head, body = ''] = token.split('.')
  return `${written({ ...read(head), alg: 'none' })}.${body}.`
}
