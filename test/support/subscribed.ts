import { endpointSecretContext } from '../../src/domain/outgoing/secret-contexts.ts'
import { createAesSecretBox } from '../../src/providers/aes-secret-box.ts'
import { WHSEC } from './deliveries.ts'
import { random } from './identity.ts'
import { CHAT_ORIGIN, type Story } from './story.ts'

/** A partner that is pushed what happens in the restaurant. */
export async function subscribed(story: Story, restaurantId: string, path: string) {
  const [partnerId, id] = [crypto.randomUUID(), crypto.randomUUID()]
  const keys = JSON.parse(story.env.ENCRYPTION_KEYS) as [{ id: string; key: string }]
  const secret = await createAesSecretBox(keys, random).seal(WHSEC, endpointSecretContext(id))
  await story.env.DB.batch([
    story.env.DB.prepare(
      'INSERT INTO partners (id, name, client_id, secret_digest, created_at) VALUES (?1, ?1, ?1, ?1, 1)',
    ).bind(partnerId),
    story.env.DB.prepare(
      'INSERT INTO partner_subscriptions (id, partner_id, restaurant_id, created_at) VALUES (?1, ?1, ?2, 1)',
    ).bind(partnerId, restaurantId),
    story.env.DB.prepare(
      'INSERT INTO partner_endpoints (id, partner_id, url, secret, created_at) VALUES (?, ?, ?, ?, 1)',
    ).bind(id, partnerId, `${CHAT_ORIGIN}${path}`, secret),
  ])
  return {
    typesReceived: () =>
      story
        .received()
        .filter((received) => received.path === path)
        .map(({ body }) => (body as { type: string }).type)
        .toReversed(),
  }
}
