import { Hono } from 'hono'
import { createPartnerSubscriptions } from '../../src/db/repositories/partner-subscriptions.ts'
import { createPartnerRepository } from '../../src/db/repositories/partners.ts'
import { mintAccountId } from '../../src/domain/identity/account-id.ts'
import type { Env } from '../../src/env.ts'
import { createAesSecretBox, type EncryptionKey } from '../../src/providers/aes-secret-box.ts'
import { auditOf } from '../../src/usecases/admin/audit.ts'
import { newPartnerKey } from '../../src/usecases/partners/new-key.ts'

const BATCH = 100
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/** A row put down, and a consumer that reads rows and takes them away: no lease, no order, no signature. */
export const feedFloor = new Hono<{ Bindings: Env }>()

feedFloor.post('/floor/feed/open', async (c) => {
  await c.env.DB.exec(
    'CREATE TABLE IF NOT EXISTS floor_feed (n INTEGER PRIMARY KEY, id TEXT NOT NULL, body TEXT NOT NULL) STRICT',
  )
  return c.body(null, 204)
})

feedFloor.post('/floor/feed', async (c) => {
  const id = crypto.randomUUID()
  await c.env.DB.prepare('INSERT INTO floor_feed (id, body) VALUES (?, ?)')
    .bind(id, await c.req.text())
    .run()
  return c.json({ id }, 201)
})

feedFloor.get('/floor/feed', async (c) => {
  const { results } = await c.env.DB.prepare(
    'SELECT n, id, body FROM floor_feed ORDER BY n LIMIT ?',
  )
    .bind(BATCH)
    .all()
  return c.json({ events: results })
})

feedFloor.post('/floor/feed/taken', async (c) => {
  await c.env.DB.prepare('DELETE FROM floor_feed WHERE n IN (SELECT value FROM json_each(?))')
    .bind(await c.req.text())
    .run()
  return c.body(null, 204)
})

/** A partner that sees everything. */
feedFloor.post('/bench/partner', async (c) => {
  const [key, ...others] = JSON.parse(c.env.ENCRYPTION_KEYS) as [EncryptionKey, ...EncryptionKey[]]
  const now = () => Date.now()
  const secretBox = createAesSecretBox([key, ...others], random)
  const added = (subject: 'partner' | 'partner-subscription') =>
    auditOf({ random, now }, 'SYSTEM', { action: `${subject}-added`, subject, subjectId: 'bench' })
  const [id, clientId] = [mintAccountId(random), mintAccountId(random)]
  const made = await newPartnerKey({ random, secretBox, now }, id)
  const secretDigest = made.key.digest
  const times = { createdAt: now(), disabledAt: null }
  const partner = { id, name: 'bench', clientId, secretDigest, certFingerprint: null, ...times }
  await createPartnerRepository(c.env.DB).insert(partner, made.key, added('partner'))
  const all = { restaurantId: null, types: null, createdAt: now(), endedAt: null }
  const subscription = { id: mintAccountId(random), partnerId: id, ...all }
  await createPartnerSubscriptions(c.env.DB).add(subscription, added('partner-subscription'))
  return c.json({ clientId, secret: made.clientSecret })
})
