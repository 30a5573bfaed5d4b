import type { z } from '@hono/zod-openapi'
import { env } from 'cloudflare:workers'
import { createUserRepository } from '../../src/db/repositories/users.ts'
import { mintAccountId } from '../../src/domain/identity/account-id.ts'
import type { followedRequest } from '../../src/http/schemas/refund-requests.ts'
import type { activitySchema } from '../../src/http/schemas/support.ts'
import { random } from './identity.ts'
import { member, type Person } from './story-people.ts'
import { atTable, expectStatus, key, type ListBody } from './story-restaurant.ts'
import { NOON, openStory, type Story } from './story.ts'

export type RequestBody = z.output<typeof followedRequest>
export type ActivityBody = z.output<typeof activitySchema>

/** Two people of the support and an administrator. */
export async function supportDesk(story: Story) {
  const ask = (who: Person, order: { order_id: string }, body: object, again = key()) =>
    who.post<RequestBody>(`/support/orders/${order.order_id}/refunds`, body, { key: again })
  const decide = (who: Person, { id }: { id: string }, verb: 'approve' | 'refuse', body = {}) =>
    who.post<RequestBody>(`/support/refunds/${id}/${verb}`, body, { key: null })
  const read = async (who: Person, { id }: { id: string }): Promise<RequestBody> =>
    expectStatus(await who.get<RequestBody>(`/support/refunds/${id}`), 200)
  const activity = async (who: Person, query = ''): Promise<ActivityBody[]> =>
    expectStatus(await who.get<ListBody<ActivityBody>>(`/support/activity?limit=100&${query}`), 200)
      .items
  return {
    mina: await member(story, 'SUPPORT'),
    jun: await member(story, 'SUPPORT'),
    admin: await member(story, 'ADMIN'),
    ask,
    decide,
    read,
    activity,
  }
}

/** A paid order of two spicy chickens (37,000: more than goes back by itself) that the kitchen makes. */
export async function largeOrder(quantity = 2) {
  const made = await atTable()
  const { story, place, guest } = made
  const items = [{ ...place.spicy, quantity }]
  const { order } = await place.paid(guest, { items })
  await place.handle(place.staff, order, 'accept')
  await story.settle()
  return { ...made, order, desk: await supportDesk(story) }
}

/** What the audit trail says of a thing, oldest first. */
export async function auditOf(subjectId: string): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(
    'SELECT * FROM audit_entries WHERE subject_id = ? ORDER BY rowid',
  )
    .bind(subjectId)
    .all()
  return results
}

/** A desk in a world of its own. */
export async function desk() {
  const story = openStory()
  return { story, ...(await supportDesk(story)) }
}

/** A customer who is nowhere logged in. */
export async function account(email: string, name: string): Promise<string> {
  const id = mintAccountId(random)
  const user = { id, email, name, role: 'CUSTOMER', passwordHash: 'x', createdAt: NOON } as const
  await createUserRepository(env.DB).insert(user)
  return id
}

/** What erasing leaves of an account. */
export const erased = (id: string) =>
  env.DB.prepare("UPDATE users SET erased_at = 1, name = '', email = ? WHERE id = ?")
    .bind(`erased-${id}@erased.invalid`, id)
    .run()

/** A way of naming somebody that no other test has. */
export const ownWord = (): string => crypto.randomUUID().replaceAll('-', '').slice(0, 12)
